using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>
/// Search by token. There is no total and pages may be short, so only the token tells what follows. A page that leads back to where we were is no
/// page of this search: it is asked for again, and if it stays it is a failure and not an end. Empty pages that lead on are followed, but not for ever.
/// </summary>
internal sealed class CloudSearch(JiraClient client, SearchShape shape) : IIssueSearch
{
    private const int MostEmpty = 50;
    private int _empty;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public Task<FoundPage> NextAsync(SearchPosition at, CancellationToken cancellationToken)
    {
        if (at.Token is { } token)
            _asked.Add(token);
        else
            _asked.Clear();
        return OwnAnswer.OfAsync(client, () => TakeAsync(at, cancellationToken), "a search that does not come to an end (empty pages or a page token twice)");
    }

    /// <summary>The page that is answered; null where it leads back to where we were.</summary>
    private async Task<FoundPage?> TakeAsync(SearchPosition at, CancellationToken cancellationToken)
    {
        var found = FoundIssue.Aside(shape.KeepsBodies);
        using var answer = await client.AskAsync(JiraClient.Api(isCloud: true) + "search/jql", w => Write(w, at), cancellationToken, found);
        return Page(answer.Root, [.. found.Made.OfType<FoundIssue>()]);
    }

    private FoundPage? Page(JsonElement answer, List<FoundIssue> issues)
    {
        if (answer.Member("issues").ValueKind != JsonValueKind.Array)
            throw new TrackerException(client.Unexpected("a search result without issues"));
        if (answer.IsTrue("isLast") || answer.Text("nextPageToken") is not { Length: > 0 } token)
            return new(issues, null, 0, IsLast: true);
        _empty = issues.Count == 0 ? _empty + 1 : 0;
        return _empty > MostEmpty || _asked.Contains(token) ? null : new(issues, token, 0, IsLast: false);
    }

    private void Write(Utf8JsonWriter writer, SearchPosition at)
    {
        writer.WriteStartObject();
        writer.WriteString("jql", at.Jql);
        writer.WriteNumber("maxResults", shape.PageSize);
        writer.WriteStartArray("fields");
        foreach (var field in shape.Fields)
            writer.WriteStringValue(field);
        writer.WriteEndArray();
        if (at.Token is { } token)
            writer.WriteString("nextPageToken", token);
        writer.WriteEndObject();
    }
}
