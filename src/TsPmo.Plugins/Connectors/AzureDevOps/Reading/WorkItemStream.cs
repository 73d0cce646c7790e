using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Every revision of every item that is or was in a bound project, from the organisation-wide reporting feed. Its token is the cursor and stays valid.
/// </summary>
internal sealed class WorkItemStream(AzureDevOpsClient client, TimeProvider clock)
{
    private static readonly TimeSpan FieldsLifetime = TimeSpan.FromHours(1);
    private readonly ItemDetails _details = new(client);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = await StartAsync(scope, cancellationToken);
        var known = KnownItems.Read(cursor.Known);
        var iterations = new IterationIndex(client);
        while (true)
        {
            var batch = FeedBatch.Of(await client.RevisionsAsync(cursor.Token, FieldNames.Read.Concat(cursor.OwnFields), cancellationToken));
            var next = cursor with { Token = batch.Next(cursor.Token) };
            if (batch.Values.Count > 0)
            {
                iterations.BeginPage();
                var records = await RecordsAsync(new RevisionPage(batch.Values, scope, known), iterations, cancellationToken);
                next = next with { Known = known.Write() };
                yield return new SourcePage(records, JsonSerializer.Serialize(next, CursorJson.Default.RevisionCursor));
            }

            if (batch.IsLast)
                yield break;
            FeedBatch.RequireProgress(cursor.Token, next.Token, "wit/reporting/workitemrevisions");
            cursor = next;
        }
    }

    /// <summary>A project that is new to us was passed over so far: the feed is then read from its beginning again.</summary>
    private async Task<RevisionCursor> StartAsync(ReadingScope scope, CancellationToken cancellationToken)
    {
        var projects = scope.Request.Projects;
        var last = CursorText.Read(scope.Request.Cursor, CursorJson.Default.RevisionCursor) ?? new(null, projects, "", [], default);
        var isNew = projects.Any(p => !last.Projects.Contains(p, StringComparer.OrdinalIgnoreCase));
        var cursor = last with { Token = isNew ? null : last.Token, Projects = projects };
        var now = clock.GetUtcNow();
        if (now - cursor.FieldsReadAt < FieldsLifetime && now >= cursor.FieldsReadAt)
            return cursor;
        var fields = await client.GetAsync("wit/fields", "_apis/wit/fields", cancellationToken);
        return cursor with { OwnFields = [.. fields.Body.Items("value").Where(FieldRoles.IsCandidate).Select(f => f.Text("referenceName") ?? "").Where(FieldNames.IsOwn)], FieldsReadAt = now };
    }

    private async Task<List<SourceRecord>> RecordsAsync(RevisionPage page, IterationIndex iterations, CancellationToken cancellationToken)
    {
        var revisions = new List<JsonElement>();
        foreach (var (id, firstKept) in page.Arrived)
            revisions.AddRange(await _details.EarlierAsync(id, firstKept, cancellationToken));
        revisions.AddRange(page.Kept);
        var context = await ContextAsync(revisions, iterations, cancellationToken);
        var records = revisions.ConvertAll(r => new SourceRecord(RecordKinds.Revision, $"{r.Text("id")}/{r.Text("rev")}", r, context));
        await foreach (var item in _details.RelationsAsync(page.WithHyperlinks, cancellationToken))
            records.Add(Relations(item.Text("id") ?? "", item));
        records.AddRange(page.WithoutHyperlinks.Select(id => Relations(id.ToString(CultureInfo.InvariantCulture), NoRelations(id))));
        return records;
    }

    private static SourceRecord Relations(string id, JsonElement item) => new(RecordKinds.Relations, id, item, default);

    private static JsonElement NoRelations(long id) => Composed.Object(json =>
    {
        json.WriteNumber("id", id);
        json.Write("relations", []);
    });

    /// <summary>The addresses and identifiers that these revisions need to be understood.</summary>
    private async Task<JsonElement> ContextAsync(IEnumerable<JsonElement> revisions, IterationIndex iterations, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var revision in revisions)
        {
            if (revision.Child("fields") is { } fields && IterationKey.Of(fields) is { } key && !found.ContainsKey(key))
                found[key] = await iterations.FindAsync(fields, cancellationToken) ?? "";
        }

        return Composed.Object(json =>
        {
            json.WriteString("base", client.Base);
            json.WriteStartObject("iterations");
            foreach (var (key, identifier) in found)
                json.WriteString(key, identifier);
            json.WriteEndObject();
        });
    }
}
