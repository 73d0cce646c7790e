using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>The request types of a service desk: one for each issue type that its customers may ask for.</summary>
internal static class RequestTypes
{
    public const string Schema = "com.atlassian.servicedesk:vp-origin";

    public static IEnumerable<JiraIssueType> Of(JiraProject project) => project.Types.Select(t => t.Type).Where(t => !t.IsSubtask);

    /// <summary>The field's value: null outside service desks.</summary>
    public static void Field(AnswerWriter writer, JiraIssue issue)
    {
        if (!issue.Project.IsServiceDesk || issue.Type.IsSubtask)
        {
            writer.Json.WriteNullValue();
            return;
        }
        writer.Object(() =>
        {
            writer.Object("requestType", () => Members(writer, issue.Project, issue.Type));
            writer.Object("currentStatus", () => writer.Json.WriteString("status", writer.Local(issue.Status.Name)));
        });
    }

    public static void Members(AnswerWriter writer, JiraProject project, JiraIssueType type)
    {
        var json = writer.Json;
        writer.Id(type.Id - 9900);
        json.WriteString("name", type.Kind == "Incident" ? "Report a system problem" : "Ask for " + type.Name.ToLowerInvariant());
        json.WriteString("description", "");
        json.WriteString("helpText", "");
        json.WriteString("issueTypeId", AnswerWriter.Text(type.Id));
        json.WriteString("serviceDeskId", AnswerWriter.Text(project.Id - 9990));
        json.WriteString("portalId", AnswerWriter.Text(project.Id - 9990));
        writer.Array("groupIds", ["1"], json.WriteStringValue);
        json.WriteString("practice", type.Kind == "Incident" ? "incidents" : "service-requests");
    }
}
