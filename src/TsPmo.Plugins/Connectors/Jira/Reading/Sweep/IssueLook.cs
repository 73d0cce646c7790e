using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Reading.Issues;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Sweep;

/// <summary>
/// Looks at single issues: many at once for those that are there, and one by one for the others, since only Jira's own word about an issue says what
/// became of it. Anything but such a word is a failure.
/// </summary>
internal sealed class IssueLook(JiraClient client)
{
    private const int AtOnce = 500;
    private const int PerRequest = 100;

    /// <summary>Characters that names of fields may take in an address; servers and proxies stop at 8 KB for the whole of it.</summary>
    private const int LongestFields = 4000;

    public async IAsyncEnumerable<ReadStep> RunAsync(IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var records = new IssueRecords(client, session);
        foreach (var some in ids.Chunk(AtOnce))
        {
            var found = await TogetherAsync(session, some, cancellationToken);
            var alone = await Task.WhenAll(some.Where(id => !found.ContainsKey(id)).Select(id => AloneAsync(session, id, cancellationToken)));
            var absent = alone.Select(a => a.Absent).OfType<AbsentItem>().ToList();
            if (absent.Count > 0)
                await SignInProof.GiveAsync(client, session, cancellationToken);
            foreach (var page in await records.OfAsync([.. found.Values, .. alone.Select(a => a.Found).OfType<FoundIssue>()], null, cancellationToken))
                yield return new LookedAt(page, []);
            if (absent.Count > 0)
                yield return new LookedAt([], absent);
        }
    }

    /// <summary>Those that are there, by id. What is missing or hidden is silently left out.</summary>
    private async Task<Dictionary<string, FoundIssue>> TogetherAsync(JiraSession session, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var shape = SearchShape.Whole(session);
        var found = session.IsCloud
            ? (await Task.WhenAll(ids.Chunk(PerRequest).Select(some => FetchAsync(shape, some, cancellationToken)))).SelectMany(f => f)
            : await new IssueLookup(client, session, shape).FindAsync("id", ids, cancellationToken);
        var asked = ids.ToHashSet(StringComparer.Ordinal);
        return found.Where(i => asked.Contains(i.Id)).DistinctBy(i => i.Id).ToDictionary(i => i.Id, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<FoundIssue>> FetchAsync(SearchShape shape, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = FoundIssue.Aside();
        using var answer = await client.AskAsync(JiraClient.Api(isCloud: true) + "issue/bulkfetch", w => Write(w, shape, ids), cancellationToken, found);
        if (answer.Root.Member("issues").ValueKind != JsonValueKind.Array)
            throw new TrackerException(client.Unexpected("issues asked for by id, but no list of them"));
        return [.. found.Made.OfType<FoundIssue>()];
    }

    private async Task<(FoundIssue? Found, AbsentItem? Absent)> AloneAsync(JiraSession session, string id, CancellationToken cancellationToken)
    {
        var path = $"{JiraClient.Api(session.IsCloud)}issue/{Uri.EscapeDataString(id)}{Wanted(SearchShape.Whole(session))}";
        using var answer = await client.GetAsync(path, cancellationToken, HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
        if (answer.Status == HttpStatusCode.OK)
            return FoundIssue.Of(answer.Root) is { } found && found.Id == id ? (found, null) : throw new TrackerException(client.Unexpected("another issue than was asked for"));
        // A proxy may say "not found" or "forbidden" in Jira's place, but not in Jira's words.
        if (!IsWorded(answer.Root))
            throw new TrackerException(client.Unexpected($"a refusal ({(int)answer.Status}) of an issue that is not in Jira's words"));
        return (null, new(id, answer.Status == HttpStatusCode.NotFound ? Absence.Deleted : Absence.Hidden));
    }

    /// <summary>What is wanted of an issue, as a query. Too many fields are not named: then all of them come.</summary>
    private static string Wanted(SearchShape shape)
    {
        var fields = string.Join(',', shape.Fields);
        string?[] wanted = [fields.Length <= LongestFields ? "fields=" + fields : null, shape.WithHistories ? "expand=changelog" : null];
        return wanted.OfType<string>().ToList() is { Count: > 0 } some ? "?" + string.Join('&', some) : "";
    }

    /// <summary>Whether a refusal has one of the shapes in which Jira words them.</summary>
    private static bool IsWorded(JsonElement refusal) =>
        refusal.Items("errorMessages").Any()
        || (refusal.Member("errors") is { ValueKind: JsonValueKind.Object } errors && errors.EnumerateObject().Any())
        || (refusal.Member("code").IsThere() && refusal.Text("message") is { Length: > 0 });

    private static void Write(Utf8JsonWriter writer, SearchShape shape, IReadOnlyList<string> ids)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("issueIdsOrKeys");
        foreach (var id in ids)
            writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteStartArray("fields");
        foreach (var field in shape.Fields)
            writer.WriteStringValue(field);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
