using System.Runtime.InteropServices;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Search by token. There is no total and pages may be short, so only the token tells what follows; one that leads nowhere is a failure and not an end.</summary>
internal sealed class CloudSearch(JiraClient client, IReadOnlyList<string> fields) : IIssueSearch
{
    private const int PageSize = 100;
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);

    public int BatchSize => 500;

    public async Task<FoundPage> NextAsync(IssueRun run, CancellationToken cancellationToken)
    {
        using var answer = await client.AskAsync(JiraClient.Api(isCloud: true) + "search/jql", w => Write(w, run), cancellationToken);
        if (answer.Root.Member("issues").ValueKind != JsonValueKind.Array)
            throw new TrackerException(client.Unexpected("a search result without issues"));
        var issues = answer.Root.Items("issues").Select(Of).OfType<FoundIssue>().ToList();
        var token = answer.Root.Text("nextPageToken");
        var isLast = answer.Root.IsTrue("isLast") || string.IsNullOrEmpty(token);
        if (!isLast && (issues.Count == 0 || token == run.Token || !_tokens.Add(token ?? "")))
            throw new TrackerException(client.Unexpected("a search that does not come to an end (an empty page or a page token twice)"));
        return new(issues, isLast ? null : token, 0, isLast);
    }

    /// <summary>One issue of a search result; null when it has no id.</summary>
    public static FoundIssue? Of(JsonElement issue) =>
        issue.Text("id") is { } id
            ? new(id, issue.Text("key") ?? id, JiraTime.Instant(issue.Member("fields").Member("updated")), JsonMarshal.GetRawUtf8Value(issue).ToArray())
            : null;

    private void Write(Utf8JsonWriter writer, IssueRun run)
    {
        writer.WriteStartObject();
        writer.WriteString("jql", run.Jql);
        writer.WriteNumber("maxResults", PageSize);
        writer.WriteStartArray("fields");
        foreach (var field in fields)
            writer.WriteStringValue(field);
        writer.WriteEndArray();
        if (run.Token is { } token)
            writer.WriteString("nextPageToken", token);
        writer.WriteEndObject();
    }
}
