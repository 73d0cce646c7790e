using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Service desks and their request types.</summary>
internal static class ServiceDeskRoutes
{
    private const string Root = "/rest/servicedeskapi/servicedesk";

    public static void Map(JiraRoutes routes)
    {
        routes.Get(Root, call => Page(call, [.. Desks(call)], p =>
            w =>
            {
                w.Json.WriteString("id", Id(p));
                w.Json.WriteString("projectId", AnswerWriter.Text(p.Id));
                w.Json.WriteString("projectName", p.Name);
                w.Json.WriteString("projectKey", p.Key);
            }));
        routes.Get(Root + "/{desk}/requesttype", call => Desks(call).FirstOrDefault(p => Id(p) == call.Route("desk")) is { } project
            ? Page(call, [.. RequestTypes.Of(project)], t => w => RequestTypes.Members(w, project, t))
            : JiraAnswer.Error(404, "The service desk does not exist."));
    }

    private static IEnumerable<JiraProject> Desks(JiraCall call) => call.Site.SeenProjects.Where(p => p.IsServiceDesk);

    private static string Id(JiraProject project) => AnswerWriter.Text(project.Id - 9990);

    private static JiraAnswer Page<T>(JiraCall call, IReadOnlyList<T> all, Func<T, Action<AnswerWriter>> members)
    {
        var (start, limit) = (Math.Max(0, call.QueryNumber("start", 0)), Math.Clamp(call.QueryNumber("limit", 50), 1, 100));
        var page = all.Skip(start).Take(limit).ToList();
        return call.Json(w => w.Object(() =>
        {
            w.Json.WriteNumber("size", page.Count);
            w.Json.WriteNumber("start", start);
            w.Json.WriteNumber("limit", limit);
            w.Json.WriteBoolean("isLastPage", start + page.Count >= all.Count);
            w.Object("_links", () => w.Json.WriteString("self", call.Address));
            w.Array("values", page, item => w.Object(() => members(item)(w)));
        }));
    }
}
