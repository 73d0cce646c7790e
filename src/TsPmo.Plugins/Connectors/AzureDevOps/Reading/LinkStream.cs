using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>The reporting feed of links between items, organisation-wide, kept where one end lies in a bound project.</summary>
internal sealed class LinkStream(AzureDevOpsClient client)
{
    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = CursorText.Read(scope.Request.Cursor, CursorJson.Default.LinkCursor);
        var token = last is not null && scope.Request.Projects.All(p => last.Projects.Contains(p, StringComparer.OrdinalIgnoreCase)) ? last.Token : null;
        HashSet<string>? bound = null;
        while (true)
        {
            var batch = FeedBatch.Of(await client.LinksAsync(token, cancellationToken));
            bound ??= batch.Values.Count == 0 ? null : await BoundAsync(scope, cancellationToken);
            var next = batch.Next(token);
            var records = batch.Values.Where(l => IsBound(l, bound)).Select(l => new SourceRecord(RecordKinds.Link, Id(l), l, default)).ToList();
            if (batch.Values.Count > 0)
                yield return new SourcePage(records, JsonSerializer.Serialize(new LinkCursor(next, scope.Request.Projects), CursorJson.Default.LinkCursor));
            if (batch.IsLast)
                yield break;
            FeedBatch.RequireProgress(token, next, "wit/reporting/workitemlinks");
            token = next;
        }
    }

    private static async Task<HashSet<string>> BoundAsync(ReadingScope scope, CancellationToken cancellationToken) =>
        [.. (await scope.ProjectsAsync(cancellationToken)).Select(p => p.Id.ToLowerInvariant())];

    // Servers that do not tell the projects of the ends leave it to the store, which ignores ends it does not know.
    private static bool IsBound(JsonElement link, HashSet<string>? bound)
    {
        var (source, target) = (link.Text("sourceProjectId")?.ToLowerInvariant(), link.Text("targetProjectId")?.ToLowerInvariant());
        return bound is null || source is null || target is null || bound.Contains(source) || bound.Contains(target);
    }

    private static string Id(JsonElement link) => $"{link.Text("sourceId")}-{link.Text("rel")}-{link.Text("targetId")}";
}
