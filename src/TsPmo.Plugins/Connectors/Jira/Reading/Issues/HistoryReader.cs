using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>
/// Whole histories of many issues: by the cloud's bulk call, or out of Data Center's search result. What is inline in the cloud is never whole.
/// Learns how long histories are, so that the next batch's just fit into one answer: what overflows costs a further request.
/// </summary>
internal sealed class HistoryReader(JiraClient client)
{
    private const string Histories = "issueChangeLogs";
    private const int MostIssues = 1000;
    private const int FewestIssues = 100;
    private const int MostEntries = 10_000;
    private const double Filling = 0.97;
    private double _entriesPerIssue;
    private int _entries = MostEntries;

    /// <summary>How many issues' histories are best asked for in one go.</summary>
    public int BatchSize => _entriesPerIssue * MostIssues <= MostEntries * Filling
        ? MostIssues
        : Math.Max(FewestIssues, (int)(MostEntries * Filling / _entriesPerIssue));

    /// <summary>Histories of some issues of the cloud.</summary>
    public async Task<ChangelogMerge> FetchAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var merge = new ChangelogMerge();
        foreach (var some in ids.Chunk(MostIssues))
        {
            var entries = await FetchAsync(some, merge, cancellationToken);
            if (some.Length >= FewestIssues)
                _entriesPerIssue = (double)entries / some.Length;
        }

        return merge;
    }

    /// <summary>Histories that came with issues of Data Center.</summary>
    public static ChangelogMerge Inline(IEnumerable<FoundIssue> issues)
    {
        var merge = new ChangelogMerge();
        foreach (var issue in issues)
        {
            foreach (var entry in issue.History)
                merge.Add(issue.Id, entry);
        }

        return merge;
    }

    private async Task<int> FetchAsync(IReadOnlyList<string> ids, ChangelogMerge merge, CancellationToken cancellationToken)
    {
        var (asked, wanted) = (new HashSet<string>(StringComparer.Ordinal), ids.ToHashSet(StringComparer.Ordinal));
        var entries = 0;
        for (string? token = null; ;)
        {
            var page = await PageAsync(ids, wanted, token, asked, cancellationToken);
            foreach (var (issue, history) in page.Issues)
            {
                foreach (var entry in history)
                    merge.Add(issue, entry);
                entries += history.Count;
            }

            token = page.Next;
            if (string.IsNullOrEmpty(token))
                return entries;
            asked.Add(token);
        }
    }

    /// <summary>One page. An answer about other issues, or that leads back, belongs to another question and is asked for again.</summary>
    private Task<HistoryPage> PageAsync(
        IReadOnlyList<string> ids, HashSet<string> wanted, string? token, HashSet<string> asked, CancellationToken cancellationToken) => OwnAnswer.OfAsync(client, async () =>
        {
            var issues = new SetAside<IssueHistory>(Histories, i => new(i.Text("issueId") ?? "", [.. i.Items("changeHistories").Select(HistoryEntry.Of)]));
            using var answer = await AskAsync(ids, token, issues, cancellationToken);
            var next = answer.Root.Text("nextPageToken");
            var isOwn = answer.Root.Member(Histories).ValueKind == JsonValueKind.Array && issues.Made.All(i => wanted.Contains(i.Issue)) && !(next is not null && asked.Contains(next));
            return isOwn ? new HistoryPage(issues.Made, next) : null;
        }, "histories of other issues than were asked for, or that do not come to an end (a page token twice)");

    /// <summary>An answer that is more than can be taken is asked for in smaller pieces from then on.</summary>
    private async Task<TrackerAnswer> AskAsync(IReadOnlyList<string> ids, string? token, SetAside issues, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await client.AskAsync(JiraClient.Api(isCloud: true) + "changelog/bulkfetch", w => Write(w, ids, token), cancellationToken, issues);
            }
            catch (TrackerException e) when (e.IsTooMuch && _entries > 1)
            {
                _entries /= 2;
            }
        }
    }

    private void Write(Utf8JsonWriter writer, IReadOnlyList<string> ids, string? token)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("issueIdsOrKeys");
        foreach (var id in ids)
            writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteNumber("maxResults", _entries);
        if (token is not null)
            writer.WriteString("nextPageToken", token);
        writer.WriteEndObject();
    }

    private sealed record IssueHistory(string Issue, IReadOnlyList<HistoryEntry> Entries);

    private sealed record HistoryPage(IReadOnlyList<IssueHistory> Issues, string? Next);
}
