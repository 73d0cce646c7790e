using TsPmo.Model.Contracts;
using TsPmo.Plugins.Tests.Sandbox.Jira;
using TsPmo.Sandbox.World;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>Reading goes on by the updates that issues tell: the clock of the answers may be another, and no clock tells what was read.</summary>
public sealed class JiraClockTests
{
    private const string SprintField = """[{"id":"customfield_1","name":"Sprint","custom":true,"schema":{"type":"array","custom":"com.pyxis.greenhopper.jira:gh-sprint"}}]""";
    private const string NineSharp = "2026-03-02T09:00:00.000+0100";

    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(true, 1800)]
    [InlineData(true, -1800)]
    [InlineData(false, 1800)]
    [InlineData(false, -1800)]
    public async Task A_change_after_a_pass_that_saw_nothing_is_found_however_wrong_the_clock_of_the_answers_is(bool isCloud, double skew)
    {
        await using var server = isCloud ? await JiraServer.CloudAsync() : await JiraServer.DataCenterAsync();
        server.Jira.Switches = new() { ClockSkewSeconds = skew };
        var team = new JiraTeam(server);
        var story = team.Story();
        var (first, idle) = (await PassAsync(server, null), default(Reading));
        for (var pass = 0; pass < 3; pass++)
            idle = await PassAsync(server, (idle ?? first).Cursor());
        idle.ShouldNotBeNull().Issues().ShouldBeEmpty();
        team.Change(story, server.Now.AddMinutes(1), new ItemEdit(ItemField.Status, "In Progress"));
        var third = await PassAsync(server, idle.Cursor());
        third.Issues().ShouldBe([story.Id]);
        third.Records.Single(r => r.Kind == "issue").Body.GetProperty("histories").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_project_without_issues_is_asked_for_whole_until_it_has_one()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        Found(jira);
        var empty = await ReadAsync(jira, null);
        Later(jira, TimeSpan.FromDays(30));
        Found(jira, ScriptedJira.Issue(1, "2026-03-02T08:30:00.000+0100"));
        (await ReadAsync(jira, empty.Cursor())).Issues().ShouldBe(["1"]);
        jira.Asked("search/jql").Last().Body.ShouldNotContain("AND updated");
    }

    [Fact]
    public async Task A_second_change_within_the_second_of_the_first_is_found_where_updates_are_told_in_whole_seconds()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        Found(jira, ScriptedJira.Issue(1, NineSharp), ScriptedJira.Issue(2, "2026-03-02T08:59:58.000+0100"));
        Histories(jira, 0);
        var first = await ReadAsync(jira, null);
        Histories(jira, 1);
        Later(jira, TimeSpan.FromSeconds(1));
        var soon = await ReadAsync(jira, first.Cursor());
        soon.Issues().ShouldBe(["1"]);
        Later(jira, TimeSpan.FromMinutes(15));
        var second = await ReadAsync(jira, soon.Cursor());
        second.Issues().ShouldBe(["1"]);
        second.Records.Single(r => r.Kind == "issue").Body.GetProperty("histories").GetArrayLength().ShouldBe(1);
        Later(jira, TimeSpan.FromMinutes(15));
        (await ReadAsync(jira, second.Cursor())).Issues().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1800)]
    [InlineData(-1800)]
    public async Task A_second_change_within_one_second_is_found_although_one_of_the_clocks_is_ahead(int skew)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.Now += TimeSpan.FromSeconds(skew);
        Found(jira, ScriptedJira.Issue(1, skew > 0 ? NineSharp : "2026-03-02T08:30:00.000+0100"));
        var first = await ReadAsync(jira, null);
        Later(jira, TimeSpan.FromMinutes(15));
        (await ReadAsync(jira, first.Cursor())).Issues().ShouldBe(["1"]);
    }

    [Fact]
    public async Task What_may_have_been_updated_while_a_long_run_was_under_way_is_asked_for_again()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        var pages = 0;
        jira.On("search/jql", _ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(20));
            return $$"""{"issues":[{{ScriptedJira.Issue(++pages, "2026-03-02T11:00:00.000+0100")}}],{{(pages < 30 ? $"\"nextPageToken\":\"{pages}\"" : "\"isLast\":true")}}}""";
        });
        var first = await ReadAsync(jira, null);
        first.Failure.ShouldBeNull();
        await ReadAsync(jira, first.Cursor());
        // The run saw an update of 11:00 at its end and lasted for ten minutes, and five more are read twice.
        jira.Asked("search/jql").Last().Body.ShouldContain("2026/03/02 10:45");
    }

    [Fact]
    public async Task A_sprint_that_began_and_ended_between_two_passes_is_read_although_the_clock_of_the_answers_is_ahead()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.Now += TimeSpan.FromMinutes(30);
        jira.On("field", _ => SprintField);
        jira.On("board", _ => """{"values":[],"isLast":true}""");
        jira.On("sprint/8", _ => """{"id":8,"state":"closed","name":"Eight","originBoardId":9}""");
        Found(jira, ScriptedJira.Issue(1, "2026-03-02T08:50:00.000+0100"));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var (issues, sprints) = (await instance.ReadAsync(_clock, "issues"), await instance.ReadAsync(_clock, "sprints"));
        Later(jira, TimeSpan.FromMinutes(15));
        Found(jira, ScriptedJira.Issue(1, "2026-03-02T09:12:00.000+0100").Replace(
            "\"fields\":{", """
            "fields":{"customfield_1":[{"id":8,"name":"Eight","state":"closed","boardId":9,"completeDate":"2026-03-02T08:10:00.000Z"}],
            """, StringComparison.Ordinal));
        instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        await instance.ReadAsync(_clock, "issues", issues.Cursor());
        (await instance.ReadAsync(_clock, "sprints", sprints.Cursor())).Records.Select(r => r.Id).ShouldBe(["8"]);
    }

    [Fact]
    public async Task An_issue_that_comes_after_a_night_is_asked_for_its_links_although_the_clock_of_the_answers_is_ahead()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.Now += TimeSpan.FromMinutes(30);
        jira.On("issue/", _ => "[]");
        Found(jira, ScriptedJira.Issue(1, "2026-03-02T08:50:00.000+0100"));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        await instance.ReadAsync(_clock, "issues");
        var night = await instance.ReadAsync(_clock, "remoteLinks", "{}", ReadDepth.Reconcile);
        await instance.ReadAsync(_clock, "remoteLinks", night.Cursor(), ReadDepth.Reconcile);
        jira.Asked("search/jql").Last().Body.ShouldContain("2026/03/02 08:45");
    }

    private static void Found(ScriptedJira jira, params string[] issues) => jira.On("search/jql", _ => $$"""{"issues":[{{string.Join(',', issues)}}],"isLast":true}""");

    private static void Histories(ScriptedJira jira, int entries) => jira.On("changelog/bulkfetch", body =>
        $$"""{"issueChangeLogs":[{{string.Join(',', body.GetProperty("issueIdsOrKeys").EnumerateArray().Select(i => $$"""{"issueId":"{{i}}","changeHistories":[{{string.Join(',', Enumerable.Repeat("""{"id":"7","created":0}""", entries))}}]}"""))}}]}""");

    private void Later(ScriptedJira jira, TimeSpan time)
    {
        jira.Now += time;
        _clock.Advance(time);
    }

    private Task<Reading> ReadAsync(ScriptedJira jira, string? cursor) => JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues", cursor);

    private static Task<Reading> PassAsync(JiraServer server, string? cursor)
    {
        server.Clock.Advance(TimeSpan.FromMinutes(15));
        var instance = JiraAtWork.Connect(server.Address, server.Clock, ["PAY"], o =>
        {
            if (server.Jira is not TsPmo.Sandbox.Jira.JiraCloudStandIn)
                o.Auth = new() { Kind = "Bearer", Secret = new(JiraServer.Token) };
        });
        return instance.ReadAsync(server.Clock, "issues", cursor);
    }
}
