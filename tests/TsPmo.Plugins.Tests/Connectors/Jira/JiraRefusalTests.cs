using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Tests.Sandbox.Jira;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>What is refused or belongs to others costs no more than itself.</summary>
public sealed class JiraRefusalTests
{
    private const string EpicLink = """[{"id":"customfield_10014","name":"Epic Link","custom":true,"schema":{"type":"any","custom":"com.pyxis.greenhopper.jira:gh-epic-link"}}]""";

    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_epic_that_may_not_be_seen_costs_only_its_own_children_their_parent(bool isCloud)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud);
        jira.On("field", _ => EpicLink);
        jira.On(isCloud ? "search/jql" : "search", body => Search(body.GetProperty("jql").GetString() ?? ""));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "issues");
        reading.Failure.ShouldBeNull();
        var parents = reading.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<WorkItemFact>()
            .ToDictionary(f => f.Id, f => f.Values.TryGetValue("parent", out var parent) ? parent.Text : null);
        parents.ShouldBe(Enumerable.Range(1, 40).ToDictionary(i => $"{i}", i => i == 17 ? null : $"{1000 + i}"), ignoreOrder: true);
        var lookups = jira.Asked("search").Where(r => r.Body.Contains("key in", StringComparison.Ordinal)).ToList();
        lookups.Count.ShouldBeLessThan(15);
        lookups.ShouldAllBe(r => r.Body.Contains("\"validateQuery\":false", StringComparison.Ordinal) == !isCloud);
    }

    [Fact]
    public async Task Refused_sprints_of_one_board_are_told_and_the_other_boards_are_read()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("board", _ => """{"values":[{"id":1,"name":"One","type":"scrum"},{"id":2,"name":"Two","type":"scrum"}],"isLast":true}""");
        jira.On("board/1/sprint", _ => (403, "{}"));
        jira.On("board/2/sprint", _ => """{"values":[{"id":7,"state":"active","name":"Seven","originBoardId":2}],"isLast":true}""");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "sprints");
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("boards-unavailable");
        reading.Records.Select(r => r.Id).ShouldBe(["7"]);
        jira.On("board/1/sprint", _ => """{"values":[{"id":6,"state":"closed","name":"Six","originBoardId":1}],"isLast":true}""");
        var allowed = await instance.ReadAsync(_clock, "sprints", reading.Cursor());
        allowed.Notices.ShouldBeEmpty();
        allowed.Records.Select(r => r.Id).ShouldBe(["6", "7"]);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_board_without_sprints_is_nothing_to_tell(int status)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("board", _ => """{"values":[{"id":1,"name":"One","type":"simple"}],"isLast":true}""");
        jira.On("board/1/sprint", _ => (status, "{}"));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "sprints");
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_list_of_sprints_that_breaks_off_is_a_failure_and_not_a_short_list(int status)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        var pages = 0;
        jira.On("board", _ => """{"values":[{"id":1,"name":"One","type":"scrum"}],"isLast":true}""");
        jira.On("board/1/sprint", _ => ++pages == 1 ? (200, """{"values":[{"id":7,"state":"closed","originBoardId":1}],"isLast":false}""") : (status, "{}"));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "sprints");
        reading.Failure.ShouldNotBeNull();
        reading.Pages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_board_of_others_is_asked_for_once_for_all_its_sprints()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("board", _ => """{"values":[{"id":1,"name":"One","type":"scrum"},{"id":2,"name":"Two","type":"scrum"}],"isLast":true}""");
        jira.On("board/1/sprint", _ => """{"values":[{"id":7,"state":"closed","originBoardId":9},{"id":8,"state":"active","originBoardId":9}],"isLast":true}""");
        jira.On("board/2/sprint", _ => """{"values":[{"id":10,"state":"future","originBoardId":9}],"isLast":true}""");
        jira.On("board/9", _ => """{"id":9,"name":"Theirs","location":{"projectKey":"B"}}""");
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "sprints");
        reading.Records.Select(r => r.Body.GetProperty("board").GetString()).ShouldBe(["Theirs", "Theirs", "Theirs"]);
        jira.Asked("board/9").Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_booked_only_in_other_projects_does_not_become_known(bool isCloud)
    {
        await using var server = isCloud ? await JiraServer.CloudAsync() : await JiraServer.DataCenterAsync();
        var team = new JiraTeam(server);
        var ours = team.Story();
        var theirs = team.Create(new("OPS", "Story", "Elsewhere", "To Do"));
        server.Jira.LogWork(server.Now.AddHours(-3), team.Mia, ours.Id, server.Now.AddHours(-4), 1);
        server.Jira.LogWork(server.Now.AddHours(-2), team.Noa, theirs.Id, server.Now.AddHours(-3), 2);
        var pay = await Connect(server, isCloud, "PAY").ReadAsync(server.Clock, "worklogs");
        People(pay).ShouldBe([team.Mia]);
        var both = await Connect(server, isCloud, "OPS", "PAY").ReadAsync(server.Clock, "worklogs", pay.Cursor());
        People(both).ShouldBe([team.Mia, team.Noa], ignoreOrder: true);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_project_that_does_not_show_its_versions_is_told_and_the_others_are_read(int status)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("project/A", _ => (status, """{"errorMessages":["No."]}"""));
        jira.On("project/B/versions", _ => """[{"id":"3","name":"1.0"}]""");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A", "B"]);
        var reading = await instance.ReadAsync(_clock, "versions");
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("project-unknown");
        reading.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<MilestoneFact>().Select(m => m.Id).ShouldBe(["3"]);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Versions_that_are_refused_by_a_project_that_shows_itself_are_told_as_such_and_its_issues_are_read(int status)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("project/A/versions", _ => (status, """{"errorMessages":["No."]}"""));
        jira.On("search/jql", _ => $$"""{"issues":[{{ScriptedJira.Issue(1)}}],"isLast":true}""");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "versions");
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("versions-refused");
        reading.Records.ShouldBeEmpty();
        (await instance.ReadAsync(_clock, "issues")).Issues().ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("project/A/versions")]
    [InlineData("project/A")]
    public async Task A_scope_that_is_missing_is_no_project_that_is_missing(string refused)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("project/A/versions", _ => (404, """{"errorMessages":["No."]}"""));
        jira.On(refused, _ => (403, """{"code":403,"message":"Forbidden; scope does not match"}"""));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "versions");
        reading.Failure.ShouldNotBeNull().Code.ShouldBe("scope-missing");
        reading.Notices.ShouldBeEmpty();
    }

    private static ConnectorInstance Connect(JiraServer server, bool isCloud, params string[] projects) =>
        JiraAtWork.Connect(server.Address, server.Clock, projects, o =>
        {
            if (!isCloud)
                o.Auth = new() { Kind = "Bearer", Secret = new(JiraServer.Token) };
        });

    private static IEnumerable<string> People(Reading reading) => reading.Records.Where(r => r.Kind == "person").Select(r => r.Id);

    private static (int Status, string Body) Search(string jql)
    {
        if (!jql.Contains("key in", StringComparison.Ordinal))
            return (200, Found(Enumerable.Range(1, 40).Select(Child)));
        var asked = Enumerable.Range(1, 40).Where(i => jql.Contains($"\"E-{i}\"", StringComparison.Ordinal)).ToList();
        return asked.Contains(17)
            ? (400, """{"errorMessages":["An issue with key 'E-17' does not exist for field 'key'."]}""")
            : (200, Found(asked.Select(i => $$$"""{"id":"{{{1000 + i}}}","key":"E-{{{i}}}","fields":{}}""")));
    }

    private static string Found(IEnumerable<string> issues) => $$"""{"issues":[{{string.Join(',', issues)}}],"isLast":true}""";

    private static string Child(int id) =>
        ScriptedJira.Issue(id).Replace("\"fields\":{", $"\"fields\":{{\"customfield_10014\":\"E-{id}\",", StringComparison.Ordinal);
}
