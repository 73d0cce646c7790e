using TsPmo.Model.Contracts;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>What a probe finds out, and that one thing that is wrong hides no other.</summary>
public sealed class JiraProbeTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Everything_that_can_be_known_is_told()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        Grant(jira, "BROWSE_PROJECTS");
        jira.On("search", _ => """{"issues":[{"id":"1"}]}""");
        jira.On("board", _ => """{"values":[]}""");
        jira.On("tokens", _ => """[{"name":"old","expiringAt":"2026-04-01T00:00:00.000+0000","lastAccessedAt":"2026-01-01T00:00:00.000+0000"},{"name":"ours","expiringAt":"2026-09-01T00:00:00.000+0000","lastAccessedAt":"2026-03-02T08:00:00.000+0000"}]""");
        var report = await Probe(jira, new(["A"], []), o => o.Auth.Kind = "Bearer");
        report.Problems.ShouldBeEmpty();
        (report.Reachable, report.Product, report.SignedInAs, report.TimeZone).ShouldBe((true, "Jira Data Center 10.3.24", "Bot", "Europe/Zurich"));
        report.TokenExpires.ShouldBe(new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero));
        report.ClockSkew.ShouldNotBeNull().Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"expiringAt":"2026-04-01T00:00:00.000+0000"},{"expiringAt":"2026-05-01T00:00:00.000+0000"}]""")]
    [InlineData("""{"unexpected":true}""")]
    public async Task An_expiry_that_the_list_of_tokens_does_not_settle_is_not_guessed(string tokens)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        jira.On("board", _ => """{"values":[]}""");
        jira.On("tokens", _ => tokens);
        (await Probe(jira, new([], []), o => o.Auth.Kind = "Bearer")).TokenExpires.ShouldBeNull();
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_each_with_its_scope_and_a_remedy()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        Grant(jira, "ADD_COMMENTS");
        jira.On("board", _ => (403, "{}"));
        _clock.Advance(TimeSpan.FromHours(1));
        var report = await Probe(jira, new(["A"], [new("P/c", "Comment", "A-1"), new("P/p", "Property", "A-1")]));
        report.Problems.Select(p => (p.Code, p.Scope)).ShouldBe(
        [
            ("clock-skew", null), ("permission-missing", "A"), ("boards-unavailable", null),
            ("permission-missing", "P/c"), ("permission-missing", "P/c"), ("permission-missing", "P/p"),
        ]);
        report.Problems.ShouldAllBe(p => p.Remedy.Length > 0);
        report.LoudPublications["P/c"].ShouldContain("administer");
        jira.Asked("search").ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_target_needs_its_own_rights_and_fields_are_loud_where_nothing_silences_them()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        Grant(jira, "EDIT_ISSUES");
        jira.On("board", _ => """{"values":[]}""");
        var report = await Probe(jira, new([], [new("P/f", "Fields", "A-1"), new("P/l", "RemoteLink", "A-1"), new("P/p", "Property", "A-1")]));
        var missing = report.Problems.ShouldHaveSingleItem();
        (missing.Code, missing.Scope).ShouldBe(("permission-missing", "P/l"));
        missing.Message.ShouldContain("LINK_ISSUES");
        report.LoudPublications.Keys.ShouldBe(["P/f"]);
    }

    [Fact]
    public async Task An_empty_search_with_the_right_to_browse_is_told_apart_from_a_missing_right()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        Grant(jira, "BROWSE_PROJECTS");
        jira.On("board", _ => """{"values":[]}""");
        jira.On("search/jql", _ => """{"issues":[],"isLast":true}""");
        (await Probe(jira, new(["A"], []))).Problems.ShouldHaveSingleItem().Code.ShouldBe("no-issues-visible");
    }

    [Fact]
    public async Task One_call_that_fails_does_not_hide_what_the_others_find()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("mypermissions", _ => (400, """{"errorMessages":["odd"]}"""));
        jira.On("board", _ => (403, "{}"));
        (await Probe(jira, new(["A"], []))).Problems.Select(p => p.Code).ShouldBe(["refused", "boards-unavailable"]);
    }

    [Theory]
    [InlineData("configuration")]
    [InlineData("sprint")]
    public async Task A_board_that_is_shown_without_its_parts_is_told(string part)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("board", _ => """{"values":[{"id":1,"type":"scrum"}]}""");
        jira.On("board/1/configuration", _ => "{}");
        jira.On("board/1/sprint", _ => """{"values":[]}""");
        jira.On("board/1/" + part, _ => (403, "{}"));
        (await Probe(jira, new([], []))).Problems.ShouldHaveSingleItem().Code.ShouldBe("boards-unavailable");
    }

    [Fact]
    public async Task A_project_with_a_new_key_is_told_before_anything_is_read()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        Grant(jira, "BROWSE_PROJECTS");
        jira.On("board", _ => """{"values":[]}""");
        jira.On("search/jql", _ => """{"issues":[{"id":"1"}]}""");
        jira.On("project/OLD", _ => """{"id":"10","key":"NEW"}""");
        (await Probe(jira, new(["A", "OLD"], []))).Problems.Select(p => (p.Code, p.Scope)).ShouldBe([("project-renamed", "OLD")]);
    }

    private static void Grant(ScriptedJira jira, string permission) =>
        jira.On("mypermissions", _ => "{\"permissions\":{\"" + permission + "\":{\"havePermission\":true}}}");

    private Task<ProbeReport> Probe(ScriptedJira jira, ProbeRequest request, Action<TsPmo.Plugins.Connectors.Jira.JiraOptions>? set = null) =>
        _clock.RunAsync(JiraAtWork.Connect(jira.Address, _clock, request.Projects, set).Connector.ProbeAsync(request, TestContext.Current.CancellationToken), TimeSpan.FromSeconds(60));
}
