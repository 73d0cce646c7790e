using System.Globalization;
using System.Text.RegularExpressions;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>Links to addresses outside of which no history tells: they cost a request per issue, so a first pass asks for few, and the nights for many, some at a time.</summary>
public sealed class JiraOutsideLinkTests
{
    private const int ANight = 500;

    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_first_pass_asks_for_them_all_where_they_are_few_a_full_one_again_and_no_other(bool isCloud)
    {
        await using var jira = await WithIssues(isCloud, [1, 2, 3]);
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "remoteLinks");
        first.Failure.ShouldBeNull();
        Asked(jira).Order().ShouldBe([1, 2, 3]);
        var set = first.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<LinkSet>().ShouldHaveSingleItem();
        (set.ItemId, set.Group, set.Links.ShouldHaveSingleItem().OtherUrl).ShouldBe(("2", "remote", "https://ado.example/2"));
        await instance.ReadAsync(_clock, "remoteLinks", first.Cursor());
        await instance.ReadAsync(_clock, "remoteLinks", first.Cursor(), ReadDepth.Reconcile);
        Asked(jira).Count().ShouldBe(3);
        (await instance.ReadAsync(_clock, "remoteLinks", null, ReadDepth.Everything)).Records.Select(r => r.Id).ShouldBe(["2"]);
        Asked(jira).Count().ShouldBe(6);
    }

    [Fact]
    public async Task Where_they_are_many_they_are_left_to_the_nights_and_a_full_pass_does_not_lose_how_far_these_came()
    {
        await using var jira = await WithIssues(isCloud: true, Enumerable.Range(1, ANight + 1));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "remoteLinks");
        (await instance.ReadAsync(_clock, "remoteLinks", null, ReadDepth.Everything)).Pages.ShouldBeEmpty();
        Asked(jira).ShouldBeEmpty();
        await NightAsync(jira, first.Cursor());
        Asked(jira).Count().ShouldBe(ANight);
    }

    [Fact]
    public async Task A_list_that_gets_too_long_for_a_first_pass_is_not_read_to_its_end()
    {
        await using var jira = await WithIssues(isCloud: true, []);
        var issues = string.Join(',', Enumerable.Range(1, ANight + 1).Select(i => $$"""{"id":"{{i}}"}"""));
        jira.On("search", _ => $$"""{"issues":[{{issues}}],"nextPageToken":"more"}""");
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "remoteLinks")).Failure.ShouldBeNull();
        jira.Asked("search/jql").Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_night_asks_for_the_newest_and_the_next_ones_go_on_until_all_are_asked_for()
    {
        await using var jira = await WithIssues(isCloud: true, Enumerable.Range(1, 700));
        var first = await NightAsync(jira, null);
        Asked(jira).Order().ShouldBe(Enumerable.Range(201, ANight));
        Found(jira, Enumerable.Range(1, 702));
        var second = await NightAsync(jira, first);
        Asked(jira).Order().ShouldBe(Enumerable.Range(1, 702));
        await NightAsync(jira, second);
        Asked(jira).Count().ShouldBe(702);
    }

    [Fact]
    public async Task A_project_that_is_new_is_asked_for_whole()
    {
        await using var jira = await WithIssues(isCloud: true, [7, 9]);
        var first = await NightAsync(jira, null);
        Found(jira, [7, 8, 9]);
        await NightAsync(jira, first, "A", "B");
        Asked(jira).ShouldContain(8);
    }

    [Fact]
    public async Task One_issue_that_is_refused_costs_itself_and_linking_that_is_switched_off_is_asked_for_again()
    {
        await using var jira = await WithIssues(isCloud: true, [1, 2, 3]);
        jira.On("issue/3/remotelink", _ => (403, """{"errorMessages":["No."]}"""));
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "remoteLinks", null, ReadDepth.Reconcile)).Records.Select(r => r.Id).ShouldBe(["2"]);

        await using var off = await WithIssues(isCloud: true, [1, 2]);
        off.On("issue/2/remotelink", _ => (403, "{}"));
        off.On("issue/1/remotelink", _ => (403, "{}"));
        var refused = await JiraAtWork.Connect(off.Address, _clock, ["A"]).ReadAsync(_clock, "remoteLinks", "{}", ReadDepth.Reconcile);
        (refused.Failure, refused.Pages.Count).ShouldBe((null, 0));
    }

    [Fact]
    public async Task An_issue_on_whose_links_Jira_fails_is_told_and_keeps_neither_itself_nor_others_from_being_read()
    {
        await using var jira = await WithIssues(isCloud: true, [1, 2, 3]);
        jira.On("issue/3/remotelink", _ => (500, """{"errorMessages":["Internal server error"]}"""));
        jira.On("search", _ => $$"""{"issues":[{{ScriptedJira.Issue(2)}},{{ScriptedJira.Issue(3)}}],"isLast":true}""");
        jira.On("changelog/bulkfetch", _ => $$"""{"issueChangeLogs":[{{Linked(2)}},{{Linked(3)}}]}""");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        foreach (var reading in new[] { await instance.ReadAsync(_clock, "issues"), await instance.ReadAsync(_clock, "remoteLinks", "{}", ReadDepth.Reconcile) })
        {
            reading.Failure.ShouldBeNull();
            var told = reading.Records.ToDictionary(r => r.Id, instance.Normaliser.Normalise);
            told["2"].Problem.ShouldBeNull();
            told["2"].Facts.OfType<LinkSet>().ShouldContain(s => s.Group == "remote" && s.Links.Count == 1);
            told["3"].Problem.ShouldNotBeNull().Message.ShouldContain("links");
            told["3"].Facts.OfType<LinkSet>().ShouldNotContain(s => s.Group == "remote");
        }
    }

    [Theory]
    [InlineData(true, """{"field":"Key","fieldtype":"jira","fieldId":"issuekey","toString":"A-2"}""")]
    [InlineData(true, """{"field":"Projekt","fieldtype":"jira","fieldId":"project","to":"10001"}""")]
    [InlineData(false, """{"field":"project","fieldtype":"jira","from":"1","to":"10001"}""")]
    [InlineData(false, """{"field":"security","fieldtype":"jira","from":"1","to":null}""")]
    public async Task The_links_of_an_issue_that_comes_into_sight_later_are_read_however_old_they_are(bool isCloud, string item)
    {
        await using var jira = await WithIssues(isCloud, []);
        Show(jira, ScriptedJira.Issue(1, "2026-03-01T10:00:00.000+0100"), "");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "issues");
        var history = $$"""{"id":"1","created":"2026-01-05T10:00:00.000+0100","items":[{"field":"RemoteIssueLink","to":"10"}]},{"id":"2","created":"2026-03-02T08:50:00.000+0100","items":[{{item}}]}""";
        Show(jira, ScriptedJira.Issue(2, "2026-03-02T08:50:00.000+0100").Replace("\"histories\":[]", $"\"histories\":[{history}]", StringComparison.Ordinal), history);
        var second = await instance.ReadAsync(_clock, "issues", first.Cursor());
        second.Failure.ShouldBeNull();
        Asked(jira).ShouldBe([2]);
        second.Records.Where(r => r.Kind == "issue").SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<LinkSet>().ShouldContain(s => s.Group == "remote" && s.Links.Count == 1);
    }

    private static void Show(ScriptedJira jira, string issue, string history)
    {
        jira.On("search", _ => $$"""{"startAt":0,"maxResults":50,"total":1,"isLast":true,"issues":[{{issue}}]}""");
        jira.On("changelog/bulkfetch", _ => history.Length == 0 ? """{"issueChangeLogs":[]}""" : $$"""{"issueChangeLogs":[{"issueId":"2","changeHistories":[{{history}}]}]}""");
    }

    private static string Linked(int issue) => $$"""{"issueId":"{{issue}}","changeHistories":[{"id":"{{issue}}","created":1000,"items":[{"field":"RemoteIssueLink","to":"10"}]}]}""";

    private async Task<string> NightAsync(ScriptedJira jira, string? cursor, params string[] projects)
    {
        var night = await JiraAtWork.Connect(jira.Address, _clock, projects.Length == 0 ? ["A"] : projects).ReadAsync(_clock, "remoteLinks", cursor, ReadDepth.Reconcile);
        night.Failure.ShouldBeNull();
        return night.Pages.Count == 0 ? cursor ?? "" : night.Cursor();
    }

    private static async Task<ScriptedJira> WithIssues(bool isCloud, IEnumerable<int> ids)
    {
        var jira = await ScriptedJira.StartAsync(isCloud);
        jira.On("issue/", _ => "[]");
        jira.On("issue/2/remotelink", _ => """[{"id":10,"object":{"url":"https://ado.example/2","title":"Two"}}]""");
        Found(jira, ids);
        return jira;
    }

    private static void Found(ScriptedJira jira, IEnumerable<int> ids)
    {
        var issues = ids.Select(i => $$"""{"id":"{{i}}"}""").ToList();
        jira.On("search", _ => $$"""{"startAt":0,"maxResults":5000,"total":{{issues.Count}},"isLast":true,"issues":[{{string.Join(',', issues)}}]}""");
    }

    private static IEnumerable<int> Asked(ScriptedJira jira) =>
        jira.Asked("/remotelink").Select(r => int.Parse(Regex.Match(r.PathAndQuery, "issue/([0-9]+)/").Groups[1].Value, CultureInfo.InvariantCulture));
}
