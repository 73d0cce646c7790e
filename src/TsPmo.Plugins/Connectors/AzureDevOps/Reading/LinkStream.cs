using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Normalising;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Links made and undone, kept where one end lies in a bound project. A project is loaded by its own feed, whatever the age of its links, since an old link
/// still holds; then the organisation's feed is followed from a token that was taken before. A thorough reading follows it once more, as with revisions,
/// and so does one that loads a project.
/// </summary>
internal sealed class LinkStream(AzureDevOpsClient client, TimeProvider clock)
{
    private readonly FeedReader _read = new ReportingFeed(client).LinksAsync;
    private JsonElement _context;

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = CursorText.Read(scope.Request.Cursor, CursorJson.Default.LinkCursor);
        var cursor = await KnowingParentsAsync(last ?? await BeginningAsync(cancellationToken), cancellationToken);
        _context = Composed.Object(json => json.WriteBoolean(LinkFacts.ParentsAreLinks, cursor.ParentsAreLinks == true));
        cursor = cursor with { Projects = [.. cursor.Projects.Where(scope.Finds)] };
        var unloaded = scope.Request.Projects.Where(p => !cursor.Projects.Contains(p, StringComparer.OrdinalIgnoreCase)).ToList();
        var isThorough = scope.Request.Depth != ReadDepth.Changes;
        if (isThorough || unloaded.Exists(scope.Finds))
            cursor = OnceMore(cursor, isPast: isThorough && unloaded.TrueForAll(scope.Finds));
        if (last?.ParentsAreLinks is null || isThorough || cursor.Projects.Count < last.Projects.Count)
            yield return Page([], cursor);
        await foreach (var step in new ProjectLoads(_read, ReportingFeed.Links, null).RunAsync(unloaded, cursor.Loads, cancellationToken))
        {
            if (step.Notice is { } notice)
                yield return notice;
            if (step.Batch is null)
                continue;
            var loads = new Dictionary<string, string>(cursor.Loads ?? new Dictionary<string, string>(), StringComparer.Ordinal);
            loads.Remove(step.Project);
            if (!step.IsDone && step.Token is { } token)
                loads[step.Project] = token;
            cursor = cursor with { Loads = loads, Projects = step.IsDone ? [.. cursor.Projects, step.Project] : cursor.Projects };
            yield return Page(step.Batch.Values.Select(Record), cursor);
        }

        await foreach (var page in FollowAsync(scope, cursor, cancellationToken))
            yield return page;
    }

    /// <summary>
    /// The feed from where the last thorough reading stood. A project's own feed does not tell of links that begin elsewhere, so that place is kept while a project is gone.
    /// </summary>
    private static LinkCursor OnceMore(LinkCursor cursor, bool isPast) =>
        cursor with { Token = cursor.Thorough ?? cursor.Token, Thorough = isPast ? cursor.Token : cursor.Thorough ?? cursor.Token };

    private async Task<LinkCursor> BeginningAsync(CancellationToken cancellationToken)
    {
        var token = await ReportingFeed.TokenForNowAsync(_read, ReportingFeed.Links, clock.GetUtcNow(), cancellationToken);
        return new(token, []) { Thorough = token };
    }

    private async IAsyncEnumerable<SourcePage> FollowAsync(ReadingScope scope, LinkCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string>? bound = null;
        while (true)
        {
            var batch = await _read(null, new FeedStart(cursor.Token, null), cancellationToken);
            bound ??= batch.Values.Count == 0 ? null : await BoundAsync(scope, cancellationToken);
            var next = cursor with { Token = batch.Next(cursor.Token) };
            if (batch.Values.Count > 0)
                yield return Page(batch.Values.Where(l => IsBound(l, bound)).Select(Record), next);
            if (batch.IsLast)
                yield break;
            FeedBatch.RequireProgress(cursor.Token, next.Token, ReportingFeed.Links);
            cursor = next;
        }
    }

    private async Task<LinkCursor> KnowingParentsAsync(LinkCursor cursor, CancellationToken cancellationToken) =>
        cursor.ParentsAreLinks is null ? cursor with { ParentsAreLinks = await LackParentsAsync(cancellationToken) } : cursor;

    /// <summary>Whether the server is older than the field that names an item's parent.</summary>
    private async Task<bool> LackParentsAsync(CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Get, "wit/fields", $"_apis/wit/fields/{FieldNames.Parent}") { Expected = [HttpStatusCode.NotFound] };
        return (await client.SendAsync(call, cancellationToken)).Status == HttpStatusCode.NotFound;
    }

    private static SourcePage Page(IEnumerable<SourceRecord> records, LinkCursor cursor) =>
        new([.. records], JsonSerializer.Serialize(cursor, CursorJson.Default.LinkCursor));

    private SourceRecord Record(JsonElement link) =>
        new(RecordKinds.Link, $"{link.Text("sourceId")}-{link.Text("rel")}-{link.Text("targetId")}", link, _context);

    private static async Task<HashSet<string>> BoundAsync(ReadingScope scope, CancellationToken cancellationToken) =>
        [.. (await scope.ProjectsAsync(cancellationToken)).Select(p => p.Id.ToLowerInvariant())];

    // Servers that do not tell the projects of the ends leave it to the store, which ignores ends it does not know.
    private static bool IsBound(JsonElement link, HashSet<string>? bound)
    {
        var (source, target) = (link.Text("sourceProjectId")?.ToLowerInvariant(), link.Text("targetProjectId")?.ToLowerInvariant());
        return bound is null || source is null || target is null || bound.Contains(source) || bound.Contains(target);
    }
}
