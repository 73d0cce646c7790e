using TsPmo.Model.Contracts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>What there is to be configured.</summary>
public sealed class DiscoveryTests
{
    private const string Types = """{"value":[{"name":"Bug","states":[{"name":"New","category":"Proposed"},{"name":"Resolved","category":"Resolved"}]},{"name":"Task","states":[{"name":"New","category":"InProgress"}]},{"name":"Epic","states":[{"name":"New","category":"Proposed"}]}]}""";

    [Fact]
    public async Task Projects_teams_environments_stages_states_and_effort_fields_are_found()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web", "Shop", "Api");
        organisation.On("p0/teams?", """{"value":[{"id":"t1","name":"Red"},{"id":"t2","name":"Blue"}]}""");
        organisation.On("/Web/_apis/wit/classificationnodes/", """{"name":"Web","children":[{"identifier":"i1","name":"S1","attributes":{"startDate":"2026-01-01T00:00:00Z","finishDate":"2026-01-10T00:00:00Z"}}]}""");
        organisation.On("/Web/_apis/distributedtask/environments", """{"value":[{"id":1,"name":"Production"},{"id":2,"name":"Test"}]}""");
        organisation.On("/Web/_apis/release/definitions", """{"value":[{"id":1,"environments":[{"name":"production"},{"name":"Stage 1"}]}]}""");
        organisation.On("/Web/_apis/work/processconfiguration", """{"typeFields":{"Effort":{"referenceName":"Microsoft.VSTS.Scheduling.StoryPoints"}}}""");
        organisation.On("/Shop/_apis/work/processconfiguration", """{"typeFields":{"Effort":{"referenceName":"Microsoft.VSTS.Scheduling.Effort"}}}""");
        organisation.On("/Api/_apis/work/processconfiguration", """{"typeFields":{"Effort":{"referenceName":"Microsoft.VSTS.Scheduling.Effort"}}}""");
        var found = await DiscoverAsync(organisation);
        found.Problems.ShouldBeEmpty();
        found.Projects.Select(p => p.Key).ShouldBe(["Api", "Shop", "Web"]);
        var web = found.Projects[2];
        web.Boards.ShouldBe(["Blue", "Red"]);
        web.Environments.ShouldBe(["Production", "Stage 1", "Test"]);
        (web.HasSprints, found.Projects[0].HasSprints).ShouldBe((true, false));
        found.PointsFields.Select(f => (f.Id, f.Name, f.Why)).ShouldBe(
            [("Microsoft.VSTS.Scheduling.Effort", "Effort", "the effort field of 2 projects"), ("Microsoft.VSTS.Scheduling.StoryPoints", "Story Points", "the effort field of 1 project")]);
    }

    [Fact]
    public async Task A_state_of_several_categories_has_the_commonest_and_is_told()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("/workitemtypes", Types);
        var found = await DiscoverAsync(organisation);
        found.Statuses.Select(s => (s.Name, s.State)).ShouldBe([("New", State.ToDo), ("Resolved", State.InProgress)]);
        var problem = found.Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Scope).ShouldBe(("status-ambiguous", "New"));
    }

    [Fact]
    public async Task What_cannot_be_seen_is_told_and_hides_nothing_else()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("/environments", """{"message":"no"}""", 403);
        organisation.On("/release/", """{"message":"Page not found."}""", 404);
        organisation.On("/workitemtypes", Types);
        var found = await DiscoverAsync(organisation);
        found.Problems.Select(p => (p.Code, p.Scope)).ShouldBe([("forbidden", "Web"), ("status-ambiguous", "New")], ignoreOrder: true);
        organisation.On("/pipelines/environments", """{"value":[{"id":1,"name":"eu-prod"}]}""");
        (await DiscoverAsync(organisation)).Projects[0].Environments.ShouldBe(["eu-prod"]);
        found.Statuses.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refused_sign_in_is_an_answer()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("_apis/projects?", "{}", 401);
        var found = await DiscoverAsync(organisation);
        (found.Projects.Count, found.Problems.ShouldHaveSingleItem().Code).ShouldBe((0, "authentication-failed"));
    }

    [Fact]
    public async Task The_organisation_of_the_sandbox_is_described()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync("Scrum");
        server.StandIn.AddSprint(new SprintSpec("Web", "Sprint 1", null, "future", AzureDevOpsServer.Start, AzureDevOpsServer.Start.AddDays(11)));
        server.StandIn.AddDeployment(new DeploymentSpec("Web", "Production", "web", "environment", "succeeded", AzureDevOpsServer.At(10), AzureDevOpsServer.At(20), "abc123"));
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token);
        var found = await ((IDiscovery)organisation.Instance.Connector).DiscoverAsync(TestContext.Current.CancellationToken);
        found.Problems.ShouldBeEmpty();
        var web = found.Projects.ShouldHaveSingleItem();
        (web.Boards[0], web.Environments.ShouldHaveSingleItem(), web.HasSprints).ShouldBe(("Red", "Production", true));
        found.Statuses.ShouldContain(s => s.Name == "Committed" && s.State == State.InProgress);
        found.PointsFields[0].Id.ShouldBe("Microsoft.VSTS.Scheduling.Effort");
    }

    private static Task<Discovery> DiscoverAsync(ScriptedOrganisation organisation) =>
        ((IDiscovery)new Organisation(organisation.Address, "secret").Instance.Connector).DiscoverAsync(TestContext.Current.CancellationToken);
}
