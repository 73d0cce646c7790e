using System.Globalization;
using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>The agile API's boards and sprints. Lists are capped at fifty whatever is asked for.</summary>
internal static class BoardRoutes
{
    private const string Agile = "/rest/agile/1.0/";

    public static void Map(JiraRoutes routes)
    {
        routes.Get(Agile + "board", Boards);
        routes.Get(Agile + "board/{board}", call => With(call, (c, p) => c.Json(w => w.Object(() => Board(w, p)))));
        routes.Get(Agile + "board/{board}/configuration", call => With(call, Configuration));
        routes.Get(Agile + "board/{board}/project", call => With(call, (c, p) => c.Json(w => w.Page(null, 0, 50, [p], w.ProjectReference))));
        routes.Get(Agile + "board/{board}/sprint", call => With(call, Sprints));
        routes.Get(Agile + "sprint/{sprint}", call => WithSprint(call, (c, s) => c.Json(w => SprintAnswers.Bean(w, s))));
    }

    public static JiraProject? Project(JiraCall call) => call.Site.SeenProjects.FirstOrDefault(p => AnswerWriter.Text(p.Board.Id) == call.Route("board"));

    public static JiraAnswer With(JiraCall call, Func<JiraCall, JiraProject, JiraAnswer> answer) => Project(call) is { } project
        ? answer(call, project)
        : JiraAnswer.Error(404, "The requested board cannot be viewed because it either does not exist or you do not have permission to view it.");

    public static JiraAnswer WithSprint(JiraCall call, Func<JiraCall, JiraSprint, JiraAnswer> answer) =>
        int.TryParse(call.Route("sprint"), CultureInfo.InvariantCulture, out var id) && call.Site.Sprints.TryGetValue(id, out var sprint) && call.Site.IsSeen(sprint.Project)
            ? answer(call, sprint)
            : JiraAnswer.Error(404, "Sprint does not exist or you do not have permission to view it.");

    private static JiraAnswer Boards(JiraCall call)
    {
        var wanted = call.Query("projectKeyOrId");
        if (wanted is not null && call.Site.FindProject(wanted) is null)
            return JiraAnswer.Error(400, $"No project could be found with key or id '{wanted}'.");
        var types = call.QueryList("type");
        var boards = call.Site.SeenProjects
            .Where(p => wanted is null || p == call.Site.FindProject(wanted))
            .Where(p => types is null || types.Contains(TypeOf(p)))
            .Where(p => Name(p).Contains(call.Query("name") ?? "", StringComparison.OrdinalIgnoreCase))
            .OrderBy(p => p.Board.Id).ToList();
        return call.Json(w => w.Page(null, Start(call), Size(call), boards, p => w.Object(() => Board(w, p))));
    }

    private static void Board(AnswerWriter writer, JiraProject project)
    {
        var json = writer.Json;
        json.WriteNumber("id", project.Board.Id);
        json.WriteString("self", Self(writer, project, ""));
        json.WriteString("name", Name(project));
        json.WriteString("type", TypeOf(project));
        if (!writer.IsCloud)
            return;
        writer.Object("location", () => Location(writer, project));
        json.WriteBoolean("isPrivate", false);
    }

    private static void Location(AnswerWriter writer, JiraProject project)
    {
        var json = writer.Json;
        json.WriteNumber("projectId", project.Id);
        json.WriteString("displayName", $"{project.Name} ({project.Key})");
        json.WriteString("projectName", project.Name);
        json.WriteString("projectKey", project.Key);
        json.WriteString("projectTypeKey", "software");
        json.WriteString("avatarURI", $"{writer.Call.BaseUrl}/secure/projectavatar/16");
        json.WriteString("name", $"{project.Name} ({project.Key})");
    }

    private static JiraAnswer Configuration(JiraCall call, JiraProject project) => call.Json(w => w.Object(() =>
    {
        var json = w.Json;
        json.WriteNumber("id", project.Board.Id);
        json.WriteString("name", Name(project));
        json.WriteString("type", TypeOf(project));
        json.WriteString("self", Self(w, project, "/configuration"));
        if (w.IsCloud)
            w.Object("location", () => ConfigurationLocation(w, project));
        w.Object("filter", () => Reference(w, "filter", 10000 + project.Board.Id));
        if (!project.HasSprints)
            w.Object("subQuery", () => json.WriteString("query", "fixVersion in unreleasedVersions() OR fixVersion is EMPTY"));
        w.Object("columnConfig", () => Columns(w, project));
        if (project.HasSprints)
            w.Object("estimation", () => Estimation(w, project));
        w.Object("ranking", () => json.WriteNumber("rankCustomFieldId", call.Dialect.Fields.Rank));
    }));

    private static void ConfigurationLocation(AnswerWriter writer, JiraProject project)
    {
        writer.Json.WriteString("type", "project");
        writer.Json.WriteString("key", project.Key);
        writer.Id(project.Id);
        writer.Self("project/" + AnswerWriter.Text(project.Id));
        writer.Json.WriteString("name", project.Name);
    }

    private static void Columns(AnswerWriter writer, JiraProject project)
    {
        (string Name, TruthState[] States)[] columns = [("To Do", [TruthState.ToDo]), ("In Progress", [TruthState.InProgress]), ("Done", [TruthState.Done, TruthState.Removed])];
        writer.Array("columns", columns, column => writer.Object(() =>
        {
            writer.Json.WriteString("name", column.Name);
            writer.Array("statuses", project.Statuses.Where(s => column.States.Contains(s.State)), s => writer.Object(() => Reference(writer, "status", s.Id)));
        }));
        writer.Json.WriteString("constraintType", "issueCount");
    }

    private static void Estimation(AnswerWriter writer, JiraProject project)
    {
        var points = CustomFieldIds.Name(writer.Call.Dialect.Fields.Points);
        var way = writer.Call.Site.Switches.Estimation.GetValueOrDefault(project.Key, points);
        var isField = way is not ("issueCount" or "none");
        writer.Json.WriteString("type", isField ? "field" : way);
        if (!isField)
            return;
        writer.Object("field", () =>
        {
            writer.Json.WriteString("fieldId", way);
            writer.Json.WriteString("displayName", writer.Local(way == points ? writer.Call.Dialect.PointsName : "Original Estimate"));
        });
    }

    private static JiraAnswer Sprints(JiraCall call, JiraProject project)
    {
        if (!project.HasSprints)
            return JiraAnswer.Error(400, "The board does not support sprints");
        var states = call.QueryList("state");
        var sprints = project.Board.Sprints.Where(s => states is null || states.Contains(s.Spec.State))
            .OrderBy(s => Array.IndexOf(_order, s.Spec.State)).ThenBy(s => s.Spec.Start ?? DateTimeOffset.MaxValue).ThenBy(s => s.Id).ToList();
        return call.Json(w => w.Page(null, Start(call), Size(call), sprints, s => SprintAnswers.Bean(w, s)));
    }

    private static readonly string[] _order = ["closed", "active", "future"];

    private static void Reference(AnswerWriter writer, string kind, int id)
    {
        writer.Id(id);
        writer.Self($"{kind}/{AnswerWriter.Text(id)}");
    }

    private static string Self(AnswerWriter writer, JiraProject project, string below) =>
        $"{writer.Call.BaseUrl}{Agile}board/{AnswerWriter.Text(project.Board.Id)}{below}";

    private static string TypeOf(JiraProject project) => project.IsTeamManaged ? "simple" : project.HasSprints ? "scrum" : "kanban";

    private static string Name(JiraProject project) => project.Key + " board";

    private static int Start(JiraCall call) => Math.Max(0, call.QueryNumber("startAt", 0));

    private static int Size(JiraCall call) => Math.Clamp(call.QueryNumber("maxResults", 50), 1, 50);
}
