using TsPmo.Model.Contracts;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>What a probe finds out, and that one thing that is wrong hides no other.</summary>
public sealed class ProbeTests
{
    private const string Item = """{"id":7,"rev":3,"fields":{"System.TeamProject":"Web","System.WorkItemType":"Bug","System.Title":"Anchor","System.ChangedDate":"2026-03-01T00:00:00Z"}}""";

    [Fact]
    public async Task Everything_that_can_be_known_is_told()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.Header("X-RateLimit-Remaining", "150");
        organisation.Header("X-RateLimit-Limit", "200");
        organisation.On("/workitems/7", Item);
        organisation.On("/_apis/permissions/", """{"count":1,"value":[true]}""");
        var probe = await ProbeAsync(organisation, new(["web"], [new("P/f", "Fields", "7")]));
        probe.Problems.ShouldBeEmpty();
        (probe.Reachable, probe.Product, probe.SignedInAs, probe.Headroom).ShouldBe((true, "Azure DevOps Services, API 7.1", "bot@example.com", "150 of 200 throughput units left"));
        (probe.ClockSkew, probe.TimeZone, probe.TokenExpires).ShouldBe((TimeSpan.Zero, null, null));
        probe.LoudPublications.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_ever_written()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("/workitems/7", Item);
        await ProbeAsync(organisation, new(["Web"], [new("P/f", "Fields", "7"), new("P/c", "Comment", "7")]));
        organisation.Received.Where(r => r.Method == "PATCH").ShouldNotBeEmpty();
        organisation.Received.Where(r => r.Method == "PATCH").ShouldAllBe(r => r.PathAndQuery.Contains("validateOnly=true", StringComparison.Ordinal));
        organisation.Received.Where(r => r.Method == "POST").ShouldAllBe(r => r.PathAndQuery.Contains("/wiql", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_scope_that_a_token_lacks_is_named_and_hides_no_other()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("/build/builds", """{"message":"TF400813: The user is not authorized to access this resource."}""", 401);
        organisation.On("/_apis/git/", """{"message":"no"}""", 403);
        organisation.On("/environments", """{"message":"no"}""", 403);
        organisation.On("/release/", """{"message":"Page not found."}""", 404);
        organisation.On("/workitems/7", Item);
        organisation.On("/workitems/7?suppress", """{"message":"TF237111: No permission."}""", 403);
        var probe = await ProbeAsync(organisation, new(["Web", "Nowhere"], [new("P/f", "Fields", "7")]));
        probe.Problems.Select(p => (p.Code, p.Scope)).ShouldBe(
            [("permission-missing", "Web"), ("permission-missing", "Web"), ("permission-missing", "Web"), ("project-unknown", "Nowhere"), ("permission-missing", "P/f")]);
        probe.Problems.Take(3).Select(p => p.Message.Split(' ')[5]).ShouldBe(["builds", "environments", "pull"]);
        probe.Problems[1].Remedy.ShouldContain("Environment (read & manage)");
    }

    [Fact]
    public async Task Environments_that_the_newer_route_shows_are_not_missed()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("/distributedtask/environments", """{"message":"no"}""", 403);
        (await ProbeAsync(organisation, new(["Web"], []))).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_can_be_deployed_to_is_told_whichever_route_shows_it()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("/distributedtask/environments", """{"message":"no"}""", 403);
        organisation.On("/pipelines/environments", """{"value":[{"id":1,"name":"eu-prod"}]}""");
        organisation.On("/release/definitions", """{"value":[{"id":1,"environments":[{"name":"Live"}]}]}""");
        (await ProbeAsync(organisation, new(["Web"], []))).Environments["Web"].ShouldBe(["Live", "eu-prod"]);
    }

    [Theory]
    [InlineData("""{"value":[false]}""", 200, true)]
    [InlineData("""{"value":[true]}""", 200, false)]
    [InlineData("{}", 200, false)]
    [InlineData("{}", 404, false)]
    public async Task A_target_is_loud_where_the_tracker_says_that_mails_may_not_be_suppressed(string answer, int status, bool isLoud)
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("/workitems/7", Item);
        organisation.On("/_apis/permissions/", answer, status);
        var probe = await ProbeAsync(organisation, new(["Web"], [new("P/f", "Fields", "7"), new("P/g", "Fields", "7")]));
        probe.Problems.ShouldBeEmpty();
        probe.LoudPublications.Keys.Order(StringComparer.Ordinal).ShouldBe(isLoud ? ["P/f", "P/g"] : []);
        organisation.Received.Count(r => r.PathAndQuery.Contains("/permissions/", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_project_that_shows_no_item_is_told_apart_from_one_that_is_refused()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("It's");
        organisation.On("/wiql", """{"workItems":[]}""");
        var problem = (await ProbeAsync(organisation, new(["It's"], []))).Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Scope).ShouldBe(("no-items-visible", "It's"));
        organisation.Received.Single(r => r.Method == "POST").Body.ShouldContain(@"It\u0027\u0027s");
    }

    [Fact]
    public async Task A_clock_that_is_off_and_an_anonymous_answer_are_told()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync();
        var reader = new Organisation(organisation.Address, "secret");
        reader.Clock.Advance(TimeSpan.FromMinutes(30));
        var probe = await reader.Instance.Connector.ProbeAsync(new([], []), TestContext.Current.CancellationToken);
        probe.Problems.ShouldHaveSingleItem().Message.ShouldContain("30 min behind");
        organisation.On("_apis/connectionData", """{"authenticatedUser":{"providerDisplayName":"Anonymous"}}""");
        probe = await ProbeAsync(organisation, new([], []));
        (probe.Reachable, probe.SignedInAs, probe.Problems.ShouldHaveSingleItem().Code).ShouldBe((true, null, "authentication-failed"));
    }

    [Fact]
    public async Task The_organisation_of_the_sandbox_has_nothing_wrong()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token, "Web");
        (await organisation.Instance.Connector.ProbeAsync(new(["Web"], [new("P/f", "Fields", id)]), TestContext.Current.CancellationToken)).Problems.ShouldBeEmpty();
        server.Notifications.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_target_is_looked_at_where_it_would_be_written_and_called_loud_where_it_is()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(switches: new() { MaySuppressNotifications = false });
        var id = server.Story(0);
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token, "Web");
        var probe = await organisation.Instance.Connector.ProbeAsync(
            new(["Web"], [new("P/h", "Hyperlink", id), new("P/c", "Comment", id), new("P/w", "WikiPage", "Web:/PMO/Status"), new("P/x", "WikiPage", "Web:Other:/PMO")]),
            TestContext.Current.CancellationToken);
        probe.LoudPublications.Keys.Order(StringComparer.Ordinal).ShouldBe(["P/c", "P/h"]);
        var problem = probe.Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Scope).ShouldBe(("wiki-missing", "P/x"));
    }

    private static Task<ProbeReport> ProbeAsync(ScriptedOrganisation organisation, ProbeRequest request) =>
        new Organisation(organisation.Address, "secret").Instance.Connector.ProbeAsync(request, TestContext.Current.CancellationToken);
}
