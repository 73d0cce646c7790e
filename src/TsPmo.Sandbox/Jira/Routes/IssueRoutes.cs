using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Reading issues one by one and in bulk, and editing their fields.</summary>
internal sealed class IssueRoutes(IssueFields fields, IssueActs acts)
{
    private readonly IssueEdits _edits = new(fields);

    public void Map(JiraRoutes routes)
    {
        routes.Get("issue/{issue}", call => With(call, One), Anonymous.Hidden);
        routes.Put("issue/{issue}", call => With(call, Edit));
        routes.Get("issue/{issue}/editmeta", call => With(call, EditMeta));
        if (routes.Dialect.IsCloud)
            routes.Post("issue/bulkfetch", Bulk, Anonymous.Answered);
    }

    public static JiraAnswer With(JiraCall call, Func<JiraCall, JiraIssue, JiraAnswer> answer) =>
        call.Issue is { } issue ? answer(call, issue) : Absent(call);

    /// <summary>The cloud does not say whether an issue is gone or hidden; Data Center does.</summary>
    private static JiraAnswer Absent(JiraCall call) => !call.Dialect.IsCloud && call.Caller is not null && call.Site.FindAny(call.Route("issue")) is not null
        ? JiraAnswer.Error(403, "You do not have the permission to see the specified issue.")
        : JiraAnswer.Error(404, JiraAnswer.NoIssue);

    private JiraAnswer One(JiraCall call, JiraIssue issue)
    {
        var shape = IssueShape.Of(fields, call.QueryList("fields") ?? ["*all"], call.QueryList("expand") ?? [], call.QueryList("properties"));
        return call.Json(w => IssueAnswers.Full(w, issue, shape with { IdOnly = false }));
    }

    /// <summary>Up to a hundred issues in the order of their ids; one that is missing or hidden is simply not there.</summary>
    private JiraAnswer Bulk(JiraCall call)
    {
        var ids = call.List("issueIdsOrKeys") ?? [];
        if (ids.Count is 0 or > 100)
            return JiraAnswer.Error(400, "The number of issues to fetch must be between 1 and 100.");
        var shape = IssueShape.Of(fields, call.List("fields") ?? ["*navigable"], call.List("expand") ?? [], call.List("properties")) with { IdOnly = false };
        var found = ids.Where(_ => call.Caller is not null).Select(call.Site.Find).OfType<JiraIssue>().Distinct().OrderBy(i => i.Id);
        return call.Json(w => w.Object(() =>
        {
            w.Array("issues", found, i => IssueAnswers.Full(w, i, shape));
            w.Array<int>("issueErrors", [], w.Json.WriteNumberValue);
        }));
    }

    private JiraAnswer Edit(JiraCall call, JiraIssue issue)
    {
        if (call.WantsQuiet && !call.Dialect.IsCloud && !call.Site.BotIsAdministrator)
            return JiraAnswer.Error(403, "To discard the user notification either admin or project admin permissions are required.");
        var before = issue.Histories.Count;
        if (_edits.Read(call, issue, out var edits) is { } refusal)
            return refusal;
        acts.Change(call.Site.Now, call.Caller ?? call.Site.Bot, issue, edits);
        var quiet = call.WantsQuiet && call.Site.BotIsAdministrator;
        if (!quiet && issue.Histories.Count > before)
            call.Site.Notify(issue, "item-edited");
        return JiraAnswer.Empty(204);
    }

    private JiraAnswer EditMeta(JiraCall call, JiraIssue issue) => call.Json(w => w.Object(() => w.Object("fields", () =>
    {
        foreach (var field in fields.All.Where(f => f.Operations.Count > 0))
            w.Object(field.Id, () => Editable(w, field));
    })));

    private static void Editable(AnswerWriter writer, IssueField field)
    {
        writer.Json.WriteBoolean("required", field.Id == "summary");
        writer.Json.WritePropertyName("schema");
        field.Schema.WriteTo(writer);
        writer.Json.WriteString("name", field.Name);
        writer.Json.WriteString(writer.IsCloud ? "key" : "fieldId", field.Id);
        writer.Array("operations", field.Operations, writer.Json.WriteStringValue);
        if (field.Options.Count > 0)
            writer.Array("allowedValues", field.Options, o => FreeFields.Option(o).WriteTo(writer.Json));
    }
}
