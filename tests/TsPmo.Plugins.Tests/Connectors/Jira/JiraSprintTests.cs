using TsPmo.Model.Contracts;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraSprintTests
{
    private const string SprintField = """[{"id":"customfield_1","name":"Sprint","custom":true,"schema":{"type":"array","custom":"com.pyxis.greenhopper.jira:gh-sprint"}}]""";

    private const string NoIssues = """{"issues":[],"isLast":true}""";

    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_pass_asks_for_the_boards_of_a_project_once_and_only_active_boards_for_sprints()
    {
        await using var jira = await StartAsync();
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "sprints");
        first.Records.Select(r => r.Id).ShouldBe(["5", "6", "7"]);
        var before = jira.Asked("").Count();
        var second = await instance.ReadAsync(_clock, "sprints", first.Cursor());
        jira.Asked("").Skip(before).Select(r => Path(r.PathAndQuery)).ShouldBe(["/rest/agile/1.0/board", "/rest/agile/1.0/board/1/sprint?state=active,future"]);
        second.Records.Select(r => r.Id).ShouldBe(["7"]);
        (await instance.ReadAsync(_clock, "sprints", second.Cursor(), ReadDepth.Reconcile)).Records.Select(r => r.Id).ShouldBe(["5", "6", "7"]);
    }

    [Fact]
    public async Task A_sleeping_board_is_asked_when_an_issue_of_the_pass_carries_one_of_its_sprints()
    {
        await using var jira = await StartAsync();
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "sprints");
        jira.On("board/2/sprint", _ => Page(Sprint(8, "active", 2)));
        jira.On("search/jql", _ => Issues("""[{"id":8,"name":"Eight","state":"active","boardId":2}]"""));
        await instance.ReadAsync(_clock, "issues");
        var woken = await instance.ReadAsync(_clock, "sprints", first.Cursor());
        woken.Records.Select(r => r.Id).ShouldBe(["7", "8"]);
        var later = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        (await later.ReadAsync(_clock, "sprints", woken.Cursor())).Records.Select(r => r.Id).ShouldBe(["7", "8"]);
    }

    [Fact]
    public async Task A_board_that_an_issue_woke_is_asked_by_the_next_pass_where_this_one_ended_before_its_sprints_and_no_longer_after_that()
    {
        await using var jira = await StartAsync();
        jira.On("search/jql", _ => NoIssues);
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var issues = await instance.ReadAsync(_clock, "issues");
        var sprints = await instance.ReadAsync(_clock, "sprints");
        jira.On("board/2/sprint", _ => Page(Sprint(8, "active", 2)));
        jira.On("search/jql", _ => Issues("""[{"id":8,"name":"Eight","state":"active","boardId":2}]"""));
        issues = await Anew(jira).ReadAsync(_clock, "issues", issues.Cursor());
        issues.Issues().ShouldBe(["1"]);
        jira.On("search/jql", _ => NoIssues);

        var next = Anew(jira);
        issues = await next.ReadAsync(_clock, "issues", issues.Cursor());
        sprints = await next.ReadAsync(_clock, "sprints", sprints.Cursor());
        sprints.Records.Select(r => r.Id).ShouldBe(["7", "8"]);

        jira.On("board/2/sprint", _ => Page());
        jira.On("sprint/8", _ => Sprint(8, "closed", 2));
        next = Anew(jira);
        issues = await next.ReadAsync(_clock, "issues", issues.Cursor());
        sprints = await next.ReadAsync(_clock, "sprints", sprints.Cursor());
        var before = jira.Asked("board/2/sprint").Count();
        next = Anew(jira);
        await next.ReadAsync(_clock, "issues", issues.Cursor());
        (await next.ReadAsync(_clock, "sprints", sprints.Cursor())).Records.Select(r => r.Id).ShouldBe(["7"]);
        jira.Asked("board/2/sprint").Count().ShouldBe(before);
    }

    [Fact]
    public async Task A_sprint_of_a_board_that_is_not_the_projects_is_followed_until_it_is_over()
    {
        await using var jira = await StartAsync();
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "sprints");
        jira.On("search/jql", _ => Issues("""["com.atlassian.greenhopper.service.sprint.Sprint@1f[id=90,rapidViewId=9,state=ACTIVE,name=Theirs, [x],goal=<null>]"]"""));
        jira.On("sprint/90", _ => Sprint(90, "active", 9));
        jira.On("board/9", _ => """{"id":9,"name":"Theirs","location":{"projectKey":"B"}}""");
        await instance.ReadAsync(_clock, "issues");
        var met = await instance.ReadAsync(_clock, "sprints", first.Cursor());
        met.Records.Single(r => r.Id == "90").Body.GetProperty("board").GetString().ShouldBe("Theirs");
        jira.On("sprint/90", _ => Sprint(90, "closed", 9));
        var later = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var over = await later.ReadAsync(_clock, "sprints", met.Cursor());
        over.Records.Select(r => r.Id).ShouldBe(["7", "90"]);
        (await later.ReadAsync(_clock, "sprints", over.Cursor())).Records.Select(r => r.Id).ShouldBe(["7"]);
        jira.Asked("board/9").Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_sprint_that_leaves_the_list_of_unfinished_ones_is_read_by_itself()
    {
        await using var jira = await StartAsync();
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "sprints");
        jira.On("board/1/sprint", _ => Page());
        jira.On("sprint/7", _ => Sprint(7, "closed", 1));
        var second = await instance.ReadAsync(_clock, "sprints", first.Cursor());
        second.Records.ShouldHaveSingleItem().Body.GetProperty("sprint").GetProperty("state").GetString().ShouldBe("closed");
        var before = jira.Asked("").Count();
        await instance.ReadAsync(_clock, "sprints", second.Cursor());
        jira.Asked("").Skip(before).Select(r => Path(r.PathAndQuery)).ShouldBe(["/rest/agile/1.0/board"]);
    }

    [Fact]
    public async Task A_list_that_the_cloud_moved_is_read_where_it_went()
    {
        await using var jira = await StartAsync();
        jira.On("agile/1.0/board/1/sprint", _ => (410, "{}"));
        jira.On("software/1.0/board/1/sprint", _ => Page(Sprint(7, "active", 1)));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "sprints");
        reading.Failure.ShouldBeNull();
        reading.Records.Select(r => r.Id).ShouldContain("7");
    }

    /// <summary>The connector of a later pass, in another process.</summary>
    private ConnectorInstance Anew(ScriptedJira jira)
    {
        jira.Now += TimeSpan.FromMinutes(10);
        return JiraAtWork.Connect(jira.Address, _clock, ["A"]);
    }

    private static async Task<ScriptedJira> StartAsync()
    {
        var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => SprintField);
        jira.On("board", _ => """{"values":[{"id":1,"name":"One","type":"scrum"},{"id":2,"name":"Two","type":"scrum"},{"id":3,"name":"Flow","type":"kanban"}],"isLast":true}""");
        jira.OnQuery("board/1/sprint", query => query.Contains("closed", StringComparison.Ordinal) ? Page(Sprint(5, "closed", 1), Sprint(7, "active", 1)) : Page(Sprint(7, "active", 1)));
        jira.OnQuery("board/2/sprint", query => query.Contains("closed", StringComparison.Ordinal) ? Page(Sprint(6, "closed", 2)) : Page());
        return jira;
    }

    private static string Sprint(int id, string state, int board) => $$"""{"id":{{id}},"state":"{{state}}","name":"S{{id}}","originBoardId":{{board}}}""";

    private static string Page(params string[] sprints) => $$"""{"values":[{{string.Join(',', sprints)}}],"isLast":true}""";

    private static string Issues(string sprints) =>
        $$"""{"issues":[{{ScriptedJira.Issue(1).Replace("\"fields\":{", $"\"fields\":{{\"customfield_1\":{sprints},", StringComparison.Ordinal)}}],"isLast":true}""";

    private static string Path(string pathAndQuery)
    {
        var path = Uri.UnescapeDataString(pathAndQuery);
        return path.Contains("/sprint?", StringComparison.Ordinal) ? path[..path.IndexOf('&', StringComparison.Ordinal)] : path.Split('?')[0];
    }
}
