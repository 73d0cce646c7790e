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
            using var document = JsonDocument.Parse(issue.Json);
            foreach (var history in document.RootElement.Member("changelog").Items("histories"))
                merge.Add(issue.Id, history);
        }

        return merge;
    }

    private async Task<int> FetchAsync(IReadOnlyList<string> ids, ChangelogMerge merge, CancellationToken cancellationToken)
    {
        var (asked, wanted) = (new HashSet<string>(StringComparer.Ordinal), ids.ToHashSet(StringComparer.Ordinal));
        var entries = 0;
        for (string? token = null; ;)
        {
            using var answer = await PageAsync(ids, wanted, token, asked, cancellationToken);
            foreach (var issue in answer.Root.Items("issueChangeLogs"))
            {
                foreach (var history in issue.Items("changeHistories"))
                {
                    merge.Add(issue.Text("issueId") ?? "", history);
                    entries++;
                }
            }

            token = answer.Root.Text("nextPageToken");
            if (string.IsNullOrEmpty(token))
                return entries;
            asked.Add(token);
        }
    }

    /// <summary>One page. An answer about other issues, or that leads back, belongs to another question and is asked for again.</summary>
    private async Task<TrackerAnswer> PageAsync(
        IReadOnlyList<string> ids, HashSet<string> wanted, string? token, HashSet<string> asked, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < IssueSearches.Attempts; attempt++)
        {
            var answer = await AskAsync(ids, token, cancellationToken);
            var isOurs = answer.Root.Member("issueChangeLogs").ValueKind == JsonValueKind.Array
                && answer.Root.Items("issueChangeLogs").All(i => wanted.Contains(i.Text("issueId") ?? ""))
                && !(answer.Root.Text("nextPageToken") is { } next && asked.Contains(next));
            if (isOurs)
                return answer;
            answer.Dispose();
        }

        throw new TrackerException(client.Unexpected("histories of other issues than were asked for, or that do not come to an end (a page token twice)"));
    }

    /// <summary>An answer that is more than can be taken is asked for in smaller pieces from then on.</summary>
    private async Task<TrackerAnswer> AskAsync(IReadOnlyList<string> ids, string? token, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await client.AskAsync(JiraClient.Api(isCloud: true) + "changelog/bulkfetch", w => Write(w, ids, token), cancellationToken);
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
}
