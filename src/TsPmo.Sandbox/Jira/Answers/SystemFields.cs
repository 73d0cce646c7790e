using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>The fields every Jira has.</summary>
internal static class SystemFields
{
    private static readonly string[] _set = ["set"];
    private static readonly string[] _list = ["add", "set", "remove"];

    public static IEnumerable<IssueField> All =>
    [
        .. Descriptive(), .. People(), .. Dates(), .. Relations(), .. Time(),
    ];

    private static IEnumerable<IssueField> Descriptive() =>
    [
        Of("issuetype", "Issue Type", "issuetype", (w, i) => w.IssueType(i.Type)),
        Of("project", "Project", "project", (w, i) => w.ProjectReference(i.Project)),
        Of("summary", "Summary", "string", (w, i) => w.Json.WriteStringValue(i.Summary)) with { Operations = _set },
        Of("description", "Description", "string", (w, i) => Description(w, i)) with { Operations = _set },
        Of("status", "Status", "status", (w, i) => w.Status(i.Status)),
        Of("priority", "Priority", "priority", (w, i) => w.Priority(i.Priority)) with { Operations = _set },
        Of("resolution", "Resolution", "resolution", (w, i) => w.Resolution(i.Resolution)),
        List("labels", "Labels", "string", (w, i) => w.Array(i.Labels, w.Json.WriteStringValue)) with { Operations = _list },
        List("components", "Components", "component", (w, _) => w.Array<int>([], w.Json.WriteNumberValue)),
        List("versions", "Affects versions", "version", (w, _) => w.Array<int>([], w.Json.WriteNumberValue)),
        List("fixVersions", "Fix versions", "version", (w, i) => w.Array(i.FixVersions, v => VersionAnswers.Reference(w, v))) with { Operations = _list },
    ];

    private static IEnumerable<IssueField> People() =>
    [
        Of("assignee", "Assignee", "user", (w, i) => w.User(i.Assignee)) with { Operations = _set },
        Of("reporter", "Reporter", "user", (w, i) => w.User(i.Reporter)),
        Of("creator", "Creator", "user", (w, i) => w.User(i.Creator)),
    ];

    private static IEnumerable<IssueField> Dates() =>
    [
        Of("created", "Created", "datetime", (w, i) => w.Json.WriteStringValue(JiraTime.Text(i.Created, w.Zone))),
        Of("updated", "Updated", "datetime", (w, i) => w.Json.WriteStringValue(JiraTime.Text(i.Updated, w.Zone))),
        Of("resolutiondate", "Resolved", "datetime", (w, i) => Optional(w, i.ResolutionDate is { } at ? JiraTime.Text(at, w.Zone) : null)),
        Of("duedate", "Due date", "date", (w, i) => Optional(w, i.DueDate is { } date ? JiraTime.Day(date) : null)) with { Operations = _set },
    ];

    private static IEnumerable<IssueField> Relations() =>
    [
        List("subtasks", "Sub-tasks", "issuelinks", (w, i) => w.Array(i.Children.Where(c => c.Type.IsSubtask), c => IssueAnswers.Reference(w, c))),
        List("issuelinks", "Linked Issues", "issuelinks", (w, i) => w.Array(i.Links, l => IssueAnswers.Link(w, l, i))),
        Of("comment", "Comment", "comments-page", CommentAnswers.Field) with { Navigable = false },
    ];

    private static IEnumerable<IssueField> Time() =>
    [
        Of("timetracking", "Time tracking", "timetracking", WorklogAnswers.TimeTracking) with { Navigable = false },
        Of("timeoriginalestimate", "Original estimate", "number", (w, i) => Optional(w, i.EstimateSeconds)),
        Of("timeestimate", "Remaining Estimate", "number", (w, i) => Optional(w, i.RemainingSeconds)),
        Of("timespent", "Time Spent", "number", (w, i) => Optional(w, i.SpentSeconds)),
        List("worklog", "Log Work", "worklog", WorklogAnswers.Field) with { Navigable = false },
    ];

    public static IssueField Of(string id, string name, string type, Action<AnswerWriter, JiraIssue> write) =>
        new(id, name, new(type, System: id), write);

    private static IssueField List(string id, string name, string items, Action<AnswerWriter, JiraIssue> write) =>
        new(id, name, new("array", items, System: id), write);

    public static void Optional(AnswerWriter writer, string? text)
    {
        if (text is null)
            writer.Json.WriteNullValue();
        else
            writer.Json.WriteStringValue(text);
    }

    public static void Optional(AnswerWriter writer, double? number)
    {
        if (number is { } value)
            writer.Json.WriteNumberValue(value);
        else
            writer.Json.WriteNullValue();
    }

    private static void Description(AnswerWriter writer, JiraIssue issue)
    {
        if (issue.Description is null)
            writer.Json.WriteNullValue();
        else
            issue.Description.WriteTo(writer.Json);
    }
}
