using System.Globalization;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>Logging and deleting hours. Jira lowers the remaining estimate, where there is one, by what was worked.</summary>
internal sealed class WorkActs(JiraSite site)
{
    public JiraWorklog Log(DateTimeOffset at, JiraUser author, JiraIssue issue, DateTimeOffset started, int seconds)
    {
        var items = new List<HistoryItem>();
        var before = issue.SpentSeconds;
        var worklog = new JiraWorklog(site.NextId("worklog", 10100), issue, author, at, started, seconds);
        issue.Worklogs.Add(worklog);
        issue.SpentSeconds = (before ?? 0) + seconds;
        site.Worklogs.Add(worklog.Id, worklog);
        if (issue.RemainingSeconds is { } remaining)
            FieldChanges.SetRemaining(issue, Math.Max(0, remaining - seconds), items);
        items.Add(Spent(before, issue.SpentSeconds));
        site.Record(issue, author, at, items);
        return worklog;
    }

    public void Delete(DateTimeOffset at, JiraUser author, JiraWorklog worklog)
    {
        var issue = worklog.Issue;
        var items = new List<HistoryItem>();
        var before = issue.SpentSeconds;
        issue.Worklogs.Remove(worklog);
        issue.SpentSeconds = (before ?? 0) - worklog.Seconds;
        site.Worklogs.Remove(worklog.Id);
        site.DeletedWorklogs.Add((worklog.Id, at));
        if (issue.RemainingSeconds is { } remaining)
            FieldChanges.SetRemaining(issue, remaining + worklog.Seconds, items);
        items.Add(Spent(before, issue.SpentSeconds));
        items.Add(new("WorklogId", null, false, Text(worklog.Id), Text(worklog.Id), null, null));
        site.Record(issue, author, at, items);
    }

    private static HistoryItem Spent(int? from, int? to) => new("timespent", "timespent", false, Text(from), Text(from), Text(to), Text(to));

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
