using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Whole histories of many issues: by the cloud's bulk call, or out of Data Center's search result. What is inline in the cloud is never whole.</summary>
internal sealed class HistoryReader(JiraClient client)
{
    private const int MostIssues = 1000;
    private const int MostEntries = 10_000;

    /// <summary>Histories of some issues of the cloud.</summary>
    public async Task<ChangelogMerge> FetchAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var merge = new ChangelogMerge();
        foreach (var some in ids.Chunk(MostIssues))
            await FetchAsync(some, merge, cancellationToken);
        return merge;
    }

    /// <summary>Histories that came with issues of Data Center.</summary>
    public static ChangelogMerge Inline(IEnumerable<FoundIssue> issues)
    {
        var merge = new ChangelogMerge();
        foreach (var issue in issues)
        {
            using var document = JsonDocument.Parse(issue.Json);
            foreach (var history in document.RootElement.Member("changelog").Items("histories"))
                merge.Add(issue.Id, history);
        }

        return merge;
    }

    private async Task FetchAsync(IReadOnlyList<string> ids, ChangelogMerge merge, CancellationToken cancellationToken)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            using var answer = await client.AskAsync(JiraClient.Api(isCloud: true) + "changelog/bulkfetch", w => Write(w, ids, token), cancellationToken);
            foreach (var issue in answer.Root.Items("issueChangeLogs"))
            {
                foreach (var history in issue.Items("changeHistories"))
                    merge.Add(issue.Text("issueId") ?? "", history);
            }

            token = answer.Root.Text("nextPageToken");
            if (token is { Length: > 0 } && !tokens.Add(token))
                throw new TrackerException(client.Unexpected("histories that do not come to an end (a page token twice)"));
        }
        while (!string.IsNullOrEmpty(token));
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<string> ids, string? token)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("issueIdsOrKeys");
        foreach (var id in ids)
            writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteNumber("maxResults", MostEntries);
        if (token is not null)
            writer.WriteString("nextPageToken", token);
        writer.WriteEndObject();
    }
}
