using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>Worklogs, and the sums of time that an issue shows.</summary>
internal static class WorklogAnswers
{
    private const int InlineLimit = 20;

    public static void Full(AnswerWriter writer, JiraWorklog worklog) => writer.Object(() =>
    {
        var json = writer.Json;
        writer.Self($"issue/{worklog.Issue.IdText}/worklog/{AnswerWriter.Text(worklog.Id)}");
        writer.User("author", worklog.Author);
        writer.User("updateAuthor", worklog.Author);
        if (!writer.IsCloud)
            json.WriteString("comment", "");
        writer.Instant("created", worklog.Created);
        writer.Instant("updated", worklog.Updated);
        writer.Instant("started", worklog.Started);
        json.WriteString("timeSpent", JiraTime.Duration(worklog.Seconds));
        json.WriteNumber("timeSpentSeconds", worklog.Seconds);
        writer.Id(worklog.Id);
        json.WriteString("issueId", worklog.Issue.IdText);
    });

    public static void Field(AnswerWriter writer, JiraIssue issue) => Page(writer, issue.Worklogs, 0, InlineLimit);

    public static void Page(AnswerWriter writer, IReadOnlyList<JiraWorklog> all, int startAt, int maxResults) => writer.Object(() =>
    {
        writer.Json.WriteNumber("startAt", startAt);
        writer.Json.WriteNumber("maxResults", maxResults);
        writer.Json.WriteNumber("total", all.Count);
        writer.Array("worklogs", all.Skip(startAt).Take(maxResults), w => Full(writer, w));
    });

    public static void TimeTracking(AnswerWriter writer, JiraIssue issue) => writer.Object(() =>
    {
        Pair(writer, "originalEstimate", issue.EstimateSeconds);
        Pair(writer, "remainingEstimate", issue.RemainingSeconds);
        Pair(writer, "timeSpent", issue.SpentSeconds);
    });

    private static void Pair(AnswerWriter writer, string name, int? seconds)
    {
        if (seconds is not { } value)
            return;
        writer.Json.WriteString(name, JiraTime.Duration(value));
        writer.Json.WriteNumber(name + "Seconds", value);
    }
}
