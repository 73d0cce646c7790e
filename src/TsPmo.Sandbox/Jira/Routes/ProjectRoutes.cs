using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Projects with their statuses and versions.</summary>
internal static class ProjectRoutes
{
    public static void Map(JiraRoutes routes)
    {
        if (routes.Dialect.IsCloud)
            routes.Get("project/search", Search, Anonymous.Answered);
        else
            routes.Get("project", call => call.Json(w => w.Array(call.Site.SeenProjects, p => w.Object(() => Listed(w, p)))));
        routes.Get("project/{project}", call => With(call, Full));
        routes.Get("project/{project}/statuses", call => With(call, Statuses));
        routes.Get("project/{project}/components", call => With(call, (c, _) => c.Json(w => w.Array<int>([], w.Json.WriteNumberValue))));
        routes.Get("project/{project}/versions", call => With(call, (c, p) => c.Json(w => w.Array(p.Versions, v => VersionAnswers.Full(w, v, withCounts: false)))));
        routes.Get("project/{project}/version", call => With(call, VersionPage));
        routes.Get("version/{version}", call => WithVersion(call, (c, v) => c.Json(w => VersionAnswers.Full(w, v, withCounts: false))));
        routes.Get("version/{version}/relatedIssueCounts", call => WithVersion(call, RelatedCounts));
        routes.Get("version/{version}/unresolvedIssueCount", call => WithVersion(call, UnresolvedCount));
    }

    public static JiraAnswer With(JiraCall call, Func<JiraCall, JiraProject, JiraAnswer> answer) =>
        call.Site.FindProject(call.Route("project")) is { } project
            ? answer(call, project)
            : JiraAnswer.Error(404, $"No project could be found with key '{call.Route("project")}'.");

    private static JiraAnswer WithVersion(JiraCall call, Func<JiraCall, JiraVersion, JiraAnswer> answer) =>
        call.Site.Versions.Values.FirstOrDefault(v => AnswerWriter.Text(v.Id) == call.Route("version")) is { } version
            ? answer(call, version)
            : JiraAnswer.Error(404, $"Could not find version for id '{call.Route("version")}'");

    private static JiraAnswer Search(JiraCall call)
    {
        var keys = call.QueryList("keys");
        var text = call.Query("query") ?? "";
        var found = call.Caller is null ? [] : call.Site.SeenProjects
            .Where(p => keys is null || keys.Contains(p.Key, StringComparer.OrdinalIgnoreCase))
            .Where(p => p.Key.Contains(text, StringComparison.OrdinalIgnoreCase) || p.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        return call.Json(w => w.Page(call.Self("project/search"), call.QueryNumber("startAt", 0), Math.Clamp(call.QueryNumber("maxResults", 50), 1, 100),
            found, p => w.Object(() => Listed(w, p))));
    }

    private static void Listed(AnswerWriter writer, JiraProject project)
    {
        writer.Json.WriteString("expand", "description,lead,issueTypes,url,projectKeys,permissions,insight");
        writer.ProjectMembers(project);
        if (!writer.IsCloud)
            return;
        writer.Json.WriteString("style", project.IsTeamManaged ? "next-gen" : "classic");
        writer.Json.WriteBoolean("isPrivate", false);
        writer.Object("properties", () => { });
    }

    private static JiraAnswer Full(JiraCall call, JiraProject project) => call.Json(w => w.Object(() =>
    {
        Listed(w, project);
        w.Json.WriteString("description", "");
        w.User("lead", call.Site.Bot);
        w.Array<int>("components", [], w.Json.WriteNumberValue);
        w.Array("issueTypes", project.Types, t => w.IssueType(t.Type));
        w.Json.WriteString("assigneeType", "UNASSIGNED");
        w.Array("versions", project.Versions, v => VersionAnswers.Full(w, v, withCounts: false));
        w.Object("roles", () => { });
    }));

    private static JiraAnswer Statuses(JiraCall call, JiraProject project) => call.Json(w => w.Array(project.Types, entry => w.Object(() =>
    {
        w.Self("issuetype/" + AnswerWriter.Text(entry.Type.Id));
        w.Id(entry.Type.Id);
        w.Json.WriteString("name", w.Local(entry.Type.Name));
        w.Json.WriteBoolean("subtask", entry.Type.IsSubtask);
        w.Array("statuses", entry.Workflow, w.Status);
    })));

    private static JiraAnswer VersionPage(JiraCall call, JiraProject project)
    {
        var states = call.QueryList("status");
        var found = project.Versions.Where(v => states is null || states.Contains(v.Spec.Released ? "released" : "unreleased")).ToList();
        var withCounts = call.Dialect.IsCloud && (call.QueryList("expand") ?? []).Contains("issuesstatus");
        return call.Json(w => w.Page(call.Self($"project/{project.Key}/version"), call.QueryNumber("startAt", 0), Math.Clamp(call.QueryNumber("maxResults", 50), 1, 50),
            found, v => VersionAnswers.Full(w, v, withCounts)));
    }

    private static JiraAnswer RelatedCounts(JiraCall call, JiraVersion version) => call.Json(w => w.Object(() =>
    {
        w.Self($"version/{AnswerWriter.Text(version.Id)}/relatedIssueCounts");
        w.Json.WriteNumber("issuesFixedCount", VersionAnswers.Issues(call.Site, version).Count());
        w.Json.WriteNumber("issuesAffectedCount", 0);
        w.Json.WriteNumber("issueCountWithCustomFieldsShowingVersion", 0);
    }));

    private static JiraAnswer UnresolvedCount(JiraCall call, JiraVersion version) => call.Json(w => w.Object(() =>
    {
        var issues = VersionAnswers.Issues(call.Site, version).ToList();
        w.Self($"version/{AnswerWriter.Text(version.Id)}/unresolvedIssueCount");
        w.Json.WriteNumber("issuesUnresolvedCount", issues.Count(i => i.Resolution is null));
        if (call.Dialect.IsCloud)
            w.Json.WriteNumber("issuesCount", issues.Count);
    }));
}
