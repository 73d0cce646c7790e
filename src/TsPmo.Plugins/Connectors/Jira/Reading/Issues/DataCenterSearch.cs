using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>
/// Search by position. The result changes while it is read, so every page begins with the last issue of the page before; where that is not so,
/// issues have moved up and the reading steps back until it is. What is read twice is dropped or does no harm.
/// </summary>
internal sealed class DataCenterSearch(JiraClient client, IReadOnlyList<string> fields, bool withHistories) : IIssueSearch
{
    private readonly int _pageSize = withHistories ? 50 : 100;
    private HashSet<string>? _before;

    public int BatchSize => 1;

    /// <summary>A search for named issues, without histories. The names are not checked, so that one that is not there does not refuse the others.</summary>
    public static DataCenterSearch ForNames(JiraClient client) => new(client, ["project"], withHistories: false);

    public async Task<FoundPage> NextAsync(IssueRun run, CancellationToken cancellationToken)
    {
        // After a break nothing is known of the page before, so a whole one is read again.
        var start = Math.Max(0, run.StartAt - (_before is null ? _pageSize : 1));
        while (true)
        {
            using var answer = await client.AskAsync(JiraClient.Api(isCloud: false) + "search", w => Write(w, run.Jql, start), cancellationToken);
            if (answer.Root.Member("issues").ValueKind != JsonValueKind.Array)
                throw new TrackerException(client.Unexpected("a search result without issues"));
            var issues = answer.Root.Items("issues").Select(CloudSearch.Of).OfType<FoundIssue>().ToList();
            var size = (int)Math.Max(1, answer.Root.Integer("maxResults") ?? _pageSize);
            if (start > 0 && _before is not null && (issues.Count == 0 || !_before.Contains(issues[0].Id)))
            {
                start = Math.Max(0, start - size);
                continue;
            }

            return Page(answer.Root, issues, start, size);
        }
    }

    private FoundPage Page(JsonElement answer, List<FoundIssue> issues, int start, int size)
    {
        var next = start + issues.Count;
        var isLast = issues.Count == 0 || (answer.Integer("total") is { } total ? next >= total : issues.Count < size);
        var fresh = _before is null ? issues : [.. issues.Where(i => !_before.Contains(i.Id))];
        _before = [.. issues.Select(i => i.Id)];
        return new(fresh, null, next, isLast);
    }

    private void Write(Utf8JsonWriter writer, string jql, int start)
    {
        writer.WriteStartObject();
        writer.WriteString("jql", jql);
        writer.WriteNumber("startAt", start);
        writer.WriteNumber("maxResults", _pageSize);
        writer.WriteStartArray("fields");
        foreach (var field in fields)
            writer.WriteStringValue(field);
        writer.WriteEndArray();
        if (withHistories)
        {
            writer.WriteStartArray("expand");
            writer.WriteStringValue("changelog");
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteBoolean("validateQuery", false);
        }

        writer.WriteEndObject();
    }
}
