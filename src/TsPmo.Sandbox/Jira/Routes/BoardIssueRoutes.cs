using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.Jql;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Issues by board, backlog, sprint and epic. The cloud moved them below another path and pages them by token; Data Center kept them.</summary>
internal sealed class BoardIssueRoutes(SearchRoutes search)
{
    private const string Gone = "This API has been removed. Please use the /rest/software/1.0 resources.";

    public void Map(JiraRoutes routes)
    {
        var root = routes.Dialect.IsCloud ? "/rest/software/1.0/" : "/rest/agile/1.0/";
        foreach (var (path, find) in Lists())
        {
            routes.Get(root + path, call => find(call, Page));
            if (!routes.Dialect.IsCloud)
                continue;
            routes.Get("/rest/agile/1.0/" + path, call => call.Site.Switches.OldBoardLists ? find(call, OldPage) : JiraAnswer.Error(410, Gone));
            if (path.StartsWith("board/{board}/issue", StringComparison.Ordinal) || path.EndsWith("backlog", StringComparison.Ordinal))
                routes.Get($"{root}{path}/approximate-count", call => find(call, Count));
        }
    }

    private static IEnumerable<(string Path, Func<JiraCall, Func<JiraCall, Func<JiraIssue, bool>, JiraAnswer>, JiraAnswer> Find)> Lists() =>
    [
        ("board/{board}/issue", (call, answer) => BoardRoutes.With(call, (c, p) => answer(c, i => i.Project == p))),
        ("board/{board}/backlog", (call, answer) => BoardRoutes.With(call, (c, p) => answer(c, i => i.Project == p && IsInBacklog(i)))),
        ("board/{board}/sprint/{sprint}/issue", (call, answer) => BoardRoutes.WithSprint(call, (c, s) => answer(c, i => i.Sprints.Contains(s)))),
        ("sprint/{sprint}/issue", (call, answer) => BoardRoutes.WithSprint(call, (c, s) => answer(c, i => i.Sprints.Contains(s)))),
        ("epic/{epic}/issue", (call, answer) => call.Site.Find(call.Route("epic")) is { } epic ? answer(call, i => i.Epic == epic) : JiraAnswer.Error(404, JiraAnswer.NoIssue)),
    ];

    private static bool IsInBacklog(JiraIssue issue) => issue.Resolution is null && issue.Sprints.All(s => s.Spec.State == "closed");

    private JiraAnswer Page(JiraCall call, Func<JiraIssue, bool> belongs)
    {
        var request = SearchRequest.Of(call, defaultFields: ["*navigable"]);
        if (Found(call, belongs, out var found) is { } refusal)
            return refusal;
        return call.Dialect.IsCloud ? search.TokenPage(call, found, request, agile: true) : search.PositionPage(call, found, request, agile: true);
    }

    private JiraAnswer OldPage(JiraCall call, Func<JiraIssue, bool> belongs) => Found(call, belongs, out var found)
        ?? search.PositionPage(call, found, SearchRequest.Of(call, defaultFields: ["*navigable"]), agile: true);

    private static JiraAnswer Count(JiraCall call, Func<JiraIssue, bool> belongs) => Found(call, belongs, out var found)
        ?? call.Json(w => w.Object(() => w.Json.WriteNumber("count", found.Count)));

    private static JiraAnswer? Found(JiraCall call, Func<JiraIssue, bool> belongs, out IReadOnlyList<JiraIssue> found)
    {
        var jql = call.Query("jql") ?? "";
        var result = JqlParser.Parse(jql.Length == 0 ? "ORDER BY rank" : jql, call.Site, call.Caller);
        found = result.Query?.Run(call.Site.Issues.Where(belongs)) ?? [];
        return result.Query is null ? JiraAnswer.Error(400, [.. result.Errors]) : null;
    }
}
