using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Tests.Sandbox.Jira;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>What reading costs in requests.</summary>
public sealed class JiraCostTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pass_over_unchanged_data_costs_six_requests_two_for_each_project_and_one_for_each_active_board(bool isCloud)
    {
        await using var server = isCloud ? await JiraServer.CloudAsync() : await JiraServer.DataCenterAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Create(new("OPS", "Story", "Elsewhere", "To Do"));
        server.Jira.LogWork(server.Now.AddHours(-2), team.Mia, story.Id, server.Now.AddHours(-3), 1.5);
        var instance = JiraAtWork.Connect(server.Address, server.Clock, ["OPS", "PAY"], o =>
        {
            if (!isCloud)
                o.Auth = new() { Kind = "Bearer", Secret = new(JiraServer.Token) };
        });
        var cursors = new Dictionary<string, string>();
        await PassAsync(instance, server, cursors);
        await PassAsync(instance, server, cursors);
        var costs = await PassAsync(instance, server, cursors);
        costs["issues"].ShouldBe(1);
        costs["worklogs"].ShouldBe(2);
        costs.Values.Sum().ShouldBeLessThanOrEqualTo(6 + (2 * 2) + 1);
    }

    [Fact]
    public async Task After_a_busy_minute_nothing_is_read_twice_and_the_question_waits_for_a_later_update_however_late_it_is()
    {
        await using var jira = await WithBusyMinute(1500);
        var first = await PassAsync(jira, null);
        first.Issues().Count.ShouldBe(1500);
        var cursor = first.Cursor();
        for (var idle = 0; idle < 3; idle++)
        {
            Later(jira);
            var pass = await PassAsync(jira, cursor);
            pass.Issues().ShouldBeEmpty();
            jira.Asked("search/jql").Last().Body.ShouldContain("2026/03/02 08:54");
            cursor = pass.Cursor();
        }

        jira.Asked("changelog/bulkfetch").Count().ShouldBe(2);
    }

    [Fact]
    public async Task More_than_is_remembered_of_a_busy_minute_is_read_twice_and_then_not_asked_for_any_more()
    {
        await using var jira = await WithBusyMinute(5500);
        var first = await PassAsync(jira, null);
        Later(jira);
        var second = await PassAsync(jira, first.Cursor());
        second.Issues().Count.ShouldBe(500);
        Later(jira);
        var third = await PassAsync(jira, second.Cursor());
        third.Issues().ShouldBeEmpty();
        jira.Asked("search/jql").Last().Body.ShouldContain("2026/03/02 09:00");
        jira.On("search/jql", _ => $$"""{"issues":[{{ScriptedJira.Issue(7, "2026-03-02T09:01:00.000+0100")}}],"isLast":true}""");
        (await PassAsync(jira, third.Cursor())).Issues().ShouldBe(["7"]);
    }

    [Fact]
    public async Task More_than_is_remembered_stays_unknown_while_answers_may_lag_behind()
    {
        await using var jira = await WithBusyMinute(5500);
        var first = await PassAsync(jira, null);
        Later(jira, minutes: 1);
        var second = await PassAsync(jira, first.Cursor());
        (await PassAsync(jira, second.Cursor())).Issues().Count.ShouldBe(500);
        jira.Asked("search/jql").Last().Body.ShouldContain("2026/03/02 08:54");
    }

    [Fact]
    public async Task Of_a_project_that_is_added_after_a_busy_minute_everything_is_read_however_old()
    {
        await using var jira = await WithBusyMinute(5500);
        var first = await PassAsync(jira, null);
        Later(jira);
        var second = await PassAsync(jira, first.Cursor());
        Later(jira);
        jira.On("search/jql", _ => $$"""{"issues":[{{ScriptedJira.Issue(9000, "2026-02-01T10:00:00.000+0100")}}],"isLast":true}""");
        (await JiraAtWork.Connect(jira.Address, _clock, ["A", "B"]).ReadAsync(_clock, "issues", second.Cursor())).Issues().ShouldBe(["9000"]);
    }

    [Fact]
    public async Task Without_a_known_zone_the_day_that_is_asked_for_again_brings_nothing_twice()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("myself", _ => """{"accountId":"bot","displayName":"Bot"}""");
        jira.On("search/jql", _ =>
            $$"""{"issues":[{{ScriptedJira.Issue(1, "2026-03-01T10:00:00.000+0100")}},{{ScriptedJira.Issue(2, "2026-03-02T08:00:00.000+0100")}}],"isLast":true}""");
        jira.On("changelog/bulkfetch", body => Histories(body, perIssue: 0));
        var first = await PassAsync(jira, null);
        first.Issues().ShouldBe(["1", "2"]);
        (await PassAsync(jira, first.Cursor())).Issues().ShouldBeEmpty();
    }

    [Fact]
    public async Task Histories_are_asked_for_a_thousand_issues_at_once_and_so_that_an_answer_holds_them()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", body =>
        {
            var start = body.TryGetProperty("nextPageToken", out var token) ? int.Parse(token.GetString() ?? "", CultureInfo.InvariantCulture) : 0;
            var issues = string.Join(',', Enumerable.Range(start + 1, 100).Select(i => ScriptedJira.Issue(i)));
            return start == 3900 ? $$"""{"issues":[{{issues}}],"isLast":true}""" : $$"""{"issues":[{{issues}}],"nextPageToken":"{{start + 100}}"}""";
        });
        jira.On("changelog/bulkfetch", body => Histories(body, perIssue: 10));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Failure.ShouldBeNull();
        reading.Issues().Count.ShouldBe(4000);
        reading.Records.Where(r => r.Kind == "issue").ShouldAllBe(r => r.Body.GetProperty("histories").GetArrayLength() == 10);
        jira.Asked("search/jql").Count().ShouldBe(40);
        var batches = jira.Asked("changelog/bulkfetch").Select(r => JsonSerializer.Deserialize<JsonElement>(r.Body).GetProperty("issueIdsOrKeys").GetArrayLength());
        // Ten thousand entries just fit; from then on a batch leaves some room.
        batches.ShouldBe([1000, 900, 900, 900, 300]);
    }

    [Fact]
    public async Task An_issue_that_tells_its_parent_needs_no_look_at_its_epic_link()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => """[{"id":"customfield_10014","name":"Epic Link","custom":true,"schema":{"type":"any","custom":"com.pyxis.greenhopper.jira:gh-epic-link"}}]""");
        var issue = ScriptedJira.Issue(1).Replace("\"fields\":{", "\"fields\":{\"parent\":{\"id\":\"900\",\"key\":\"A-900\"},\"customfield_10014\":\"A-900\",", StringComparison.Ordinal);
        jira.On("search/jql", _ => $$"""{"issues":[{{issue}}],"isLast":true}""");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "issues");
        instance.Normaliser.Normalise(reading.Records.Single(r => r.Kind == "issue")).Facts.OfType<WorkItemFact>().Single().Values["parent"].Text.ShouldBe("900");
        jira.Asked("search/jql").Count().ShouldBe(1);
    }

    [Fact]
    public async Task Pages_of_Data_Center_grow_to_what_the_server_gives_while_they_are_small()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        jira.On("search", body => Page(body, cap: 120, total: 500, ""));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Issues().Distinct().Count().ShouldBe(500);
        Sizes(jira).ShouldBe([50, 100, 200, 120, 120]);
    }

    [Fact]
    public async Task Pages_of_Data_Center_shrink_when_they_get_large()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        jira.On("search", body => Page(body, cap: 1000, total: 90, new string('x', 200_000)));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Issues().Distinct().Count().ShouldBe(90);
        Sizes(jira).ShouldBe([50, 20, 20, 20]);
    }

    [Fact]
    public async Task Pages_of_one_issue_that_lead_nowhere_are_a_failure()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        jira.On("search", body => Page(body, cap: 1, total: 3, ""));
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues")).Failure.ShouldNotBeNull();
    }

    private static async Task<ScriptedJira> WithBusyMinute(int issues)
    {
        var jira = await ScriptedJira.StartAsync(isCloud: true);
        var busy = string.Join(',', Enumerable.Range(1, issues).Select(i => ScriptedJira.Issue(i, "2026-03-02T08:59:30.000+0100")));
        jira.On("search/jql", _ => $$"""{"issues":[{{busy}}],"isLast":true}""");
        jira.On("changelog/bulkfetch", body => Histories(body, perIssue: 0));
        return jira;
    }

    private void Later(ScriptedJira jira, int minutes = 15)
    {
        jira.Now += TimeSpan.FromMinutes(minutes);
        _clock.Advance(TimeSpan.FromMinutes(minutes));
    }

    private Task<Reading> PassAsync(ScriptedJira jira, string? cursor) => JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues", cursor);

    private static async Task<Dictionary<string, long>> PassAsync(ConnectorInstance instance, JiraServer server, Dictionary<string, string> cursors)
    {
        server.Clock.Advance(TimeSpan.FromMinutes(15));
        var traffic = instance.Connector.ShouldBeAssignableTo<ITraffic>().ShouldNotBeNull();
        var costs = new Dictionary<string, long>();
        foreach (var stream in instance.Connector.Streams)
        {
            var before = traffic.Total.Requests;
            var reading = await instance.ReadAsync(server.Clock, stream, cursors.GetValueOrDefault(stream));
            reading.Failure.ShouldBeNull(stream);
            if (reading.Pages.Count > 0)
                cursors[stream] = reading.Cursor();
            costs[stream] = traffic.Total.Requests - before;
        }

        return costs;
    }

    private static IEnumerable<int> Sizes(ScriptedJira jira) =>
        jira.Asked("/search").Select(r => JsonSerializer.Deserialize<JsonElement>(r.Body).GetProperty("maxResults").GetInt32());

    private static string Page(JsonElement body, int cap, int total, string summary)
    {
        var (start, size) = (body.GetProperty("startAt").GetInt32(), Math.Min(cap, body.GetProperty("maxResults").GetInt32()));
        var issues = Enumerable.Range(1, total).Skip(start).Take(size).Select(i => ScriptedJira.Issue(i).Replace("\"fields\":{", $"\"fields\":{{\"summary\":\"{summary}\",", StringComparison.Ordinal));
        return $$"""{"startAt":{{start}},"maxResults":{{size}},"total":{{total}},"issues":[{{string.Join(',', issues)}}]}""";
    }

    private static string Histories(JsonElement body, int perIssue)
    {
        var issues = body.GetProperty("issueIdsOrKeys").EnumerateArray().Select(id => int.Parse(id.GetString() ?? "", CultureInfo.InvariantCulture));
        return $$"""{"issueChangeLogs":[{{string.Join(',', issues.Select(id =>
            $$"""{"issueId":"{{id}}","changeHistories":[{{string.Join(',', Enumerable.Range(1, perIssue).Select(h => $$"""{"id":"{{(id * 100) + h}}","created":{{h}}}"""))}}]}"""))}}]}""";
    }
}
