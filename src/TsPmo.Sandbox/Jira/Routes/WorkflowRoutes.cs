using System.Text.Json.Nodes;
using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Creating issues and moving them through their workflow.</summary>
internal sealed class WorkflowRoutes(IssueFields fields, IssueActs acts)
{
    private readonly IssueEdits _edits = new(fields);

    public void Map(JiraRoutes routes)
    {
        routes.Post("issue", Create);
        routes.Get("issue/{issue}/transitions", call => IssueRoutes.With(call, Transitions));
        routes.Post("issue/{issue}/transitions", call => IssueRoutes.With(call, Transition));
    }

    private JiraAnswer Create(JiraCall call)
    {
        var wanted = call.Member("fields");
        if (call.Site.FindProject(Named(wanted, "project", "key")) is not { } project)
            return JiraAnswer.FieldError(400, "project", "Specify a valid project ID or key");
        if (project.Types.Select(t => t.Type).FirstOrDefault(t => Named(wanted, "issuetype", "name") is var name && (t.Name == name || AnswerWriter.Text(t.Id) == name)) is not { } type)
            return JiraAnswer.FieldError(400, "issuetype", "Specify a valid issue type");
        if (wanted?["summary"]?.ToString() is not { Length: > 0 } summary)
            return JiraAnswer.FieldError(400, "summary", "You must specify a summary of the issue.");
        var author = call.Caller ?? call.Site.Bot;
        var issue = acts.Create(call.Site.Now, author, new(project.Key, type.Name, summary, project.Types.First(t => t.Type == type).Workflow[0].Name));
        foreach (var done in (ReadOnlySpan<string>)["project", "issuetype", "summary"])
            (wanted as JsonObject)?.Remove(done);
        if (_edits.Read(call, issue, out var edits) is { } refusal)
        {
            acts.Delete(issue);
            return refusal;
        }
        acts.Fill(call.Site.Now, issue, edits);
        return call.Json(w => w.Object(() =>
        {
            w.Id(issue.Id);
            w.Json.WriteString("key", issue.Key);
            w.Self("issue/" + issue.IdText);
        }), 201);
    }

    /// <summary>The id of a member, or what else it may be named by.</summary>
    private static string Named(JsonNode? fields, string member, string otherwise) => (fields?[member]?["id"] ?? fields?[member]?[otherwise])?.ToString() ?? "";

    /// <summary>From every status of the type's workflow there is a way to every other.</summary>
    private static IEnumerable<(string Id, JiraStatus To)> Ways(JiraIssue issue) =>
        issue.Project.Types.First(t => t.Type == issue.Type).Workflow.Select((status, at) => (AnswerWriter.Text(11 + (10 * at)), status)).Where(w => w.status != issue.Status);

    private static JiraAnswer Transitions(JiraCall call, JiraIssue issue) => call.Json(w => w.Object(() =>
    {
        w.Json.WriteString("expand", "transitions");
        w.Array("transitions", Ways(issue), way => w.Object(() =>
        {
            w.Json.WriteString("id", way.Id);
            w.Json.WriteString("name", way.To.Name);
            w.Json.WritePropertyName("to");
            w.Status(way.To);
            if (!w.IsCloud)
                return;
            foreach (var no in (ReadOnlySpan<string>)["hasScreen", "isInitial", "isConditional", "isLooped"])
                w.Json.WriteBoolean(no, false);
            foreach (var yes in (ReadOnlySpan<string>)["isGlobal", "isAvailable"])
                w.Json.WriteBoolean(yes, true);
        }));
    }));

    private JiraAnswer Transition(JiraCall call, JiraIssue issue)
    {
        var way = Ways(issue).FirstOrDefault(w => w.Id == call.Member("transition")?["id"]?.ToString());
        if (way.To is null)
            return JiraAnswer.Error(400, "It seems that you have tried to perform an illegal workflow operation.");
        var edits = new List<ItemEdit> { new(ItemField.Status, way.To.Name) };
        if (call.Member("fields")?["resolution"]?["name"]?.ToString() is { } resolution)
            edits.Add(new(ItemField.Resolution, resolution));
        acts.Change(call.Site.Now, call.Caller ?? call.Site.Bot, issue, edits);
        call.Site.Notify(issue, "item-edited");
        return JiraAnswer.Empty(204);
    }
}
