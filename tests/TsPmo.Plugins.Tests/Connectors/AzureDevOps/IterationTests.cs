using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Iterations and capacities over real HTTP, and what asking for them costs. Today is 1 April 2026.</summary>
public sealed class IterationTests
{
    private static readonly DateOnly Today = new(2026, 4, 1);

    [Fact]
    public async Task Capacities_of_the_current_iteration_are_asked_for_in_every_pass_and_told_when_they_differ()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server);
        var (old, current) = (Sprint(server, "Old", -40, -30), Sprint(server, "Current", -3, 8));
        Capacity(server, "Red", old, server.Ann, 6);
        (await organisation.NewAsync<CapacitySet>("iterations")).Select(c => c.SprintId).ShouldBe([old, current], ignoreOrder: true);
        (await organisation.ReadAsync("iterations")).Pages.ShouldBeEmpty();
        Capacity(server, "Red", old, server.Ann, 3);
        Capacity(server, "Red", current, server.Ann, 5);
        var told = (await organisation.NewAsync<CapacitySet>("iterations")).ShouldHaveSingleItem();
        (told.SprintId, told.Rows.ShouldHaveSingleItem().HoursPerDay).ShouldBe((current, 5m));
        (await organisation.NewAsync<CapacitySet>("iterations", ReadDepth.Reconcile)).Single(c => c.SprintId == old).Rows.Single().HoursPerDay.ShouldBe(3);
    }

    [Fact]
    public async Task A_thorough_reading_tells_the_capacities_of_the_current_iteration_although_they_are_as_they_were()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server);
        var current = Sprint(server, "Current", -3, 8);
        await organisation.ReadAsync("iterations");
        (await organisation.NewAsync<CapacitySet>("iterations", ReadDepth.Reconcile)).Select(c => c.SprintId).ShouldBe([current]);
    }

    [Fact]
    public async Task An_unchanged_project_costs_the_same_however_many_iterations_it_has()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        for (var i = 1; i <= 20; i++)
            Sprint(server, $"Past {i}", -14 * (i + 1), (-14 * i) - 4);
        Sprint(server, "Current", -3, 8);
        Sprint(server, "Next", 14, 24);
        var organisation = Of(server);
        await organisation.ReadAsync("iterations");
        var before = organisation.Requests;
        (await organisation.ReadAsync("iterations")).Pages.ShouldBeEmpty();
        // Projects, tree, teams; for the one team its selection and the capacities and days off of the current iteration.
        (organisation.Requests - before).ShouldBe(6);
    }

    [Fact]
    public async Task An_iteration_that_is_new_or_moved_is_asked_for_and_no_other()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server);
        var later = Sprint(server, "Later", 30, 40);
        Sprint(server, "Latest", 60, 70);
        await organisation.ReadAsync("iterations");
        var next = Sprint(server, "Next", 20, 28);
        (await organisation.NewAsync<CapacitySet>("iterations")).Select(c => c.SprintId).ShouldBe([next]);
        server.StandIn.ChangeSprint(later, Spec("Later", 31, 41));
        var facts = await organisation.NewAsync<Fact>("iterations");
        facts.OfType<CapacitySet>().Select(c => c.SprintId).ShouldBe([later]);
        facts.OfType<SprintFact>().Single(s => s.Id == later).LastDay.ShouldBe(Today.AddDays(41));
    }

    [Theory]
    [InlineData(-10, -2, true)]
    [InlineData(-10, -3, false)]
    [InlineData(1, 10, true)]
    [InlineData(2, 10, false)]
    public async Task An_iteration_is_current_while_it_can_be_somewhere_and_for_a_day_after(int first, int last, bool isCurrent)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server);
        var sprint = Sprint(server, "Sprint", first, last);
        await organisation.ReadAsync("iterations");
        Capacity(server, "Red", sprint, server.Ann, 5);
        (await organisation.NewAsync<CapacitySet>("iterations")).Count.ShouldBe(isCurrent ? 1 : 0);
    }

    [Fact]
    public async Task Teams_share_an_iteration_and_a_person_works_in_several()
    {
        await using var server = await AzureDevOpsServer.StartAsync();
        server.StandIn.AddProject(new ProjectSpec("Web", "The web shop", "Scrum", [], "Agile", ["Red", "Blue"]));
        var shared = Sprint(server, "Shared", -3, 8);
        Capacity(server, "Red", shared, server.Ann, 2);
        Capacity(server, "Blue", shared, server.Ann, 4);
        var facts = await Of(server).NewAsync<Fact>("iterations");
        facts.OfType<SprintFact>().ShouldHaveSingleItem().BoardOrTeam.ShouldBe("Blue, Red");
        facts.OfType<CapacitySet>().OrderBy(c => c.Team, StringComparer.Ordinal).Select(c => (c.Team, c.Rows.Single().Account, c.Rows.Single().HoursPerDay))
            .ShouldBe([("Blue", server.Ann, 4m), ("Red", server.Ann, 2m)]);
    }

    [Fact]
    public async Task A_team_that_is_renamed_leaves_no_capacity_under_its_old_name()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("/classificationnodes/", """{"id":1,"name":"Web","children":[{"id":2,"identifier":"I1","name":"S1","attributes":{"startDate":"2026-03-30T00:00:00Z","finishDate":"2026-04-10T00:00:00Z"}}]}""");
        organisation.On("/teamsettings/iterations?", """{"value":[{"id":"i1"}]}""");
        organisation.On("/capacities", """{"value":[{"teamMember":{"uniqueName":"ann@example.com"},"activities":[{"capacityPerDay":6}]}]}""");
        organisation.On("/teams?", """{"value":[{"id":"t1","name":"Red"}]}""");
        var reader = new Organisation(organisation.Address, "secret", "Web");
        await reader.ReadAsync("iterations");
        organisation.On("/teams?", """{"value":[{"id":"t1","name":"Crimson"}]}""");
        (await reader.NewAsync<CapacitySet>("iterations")).OrderBy(c => c.Team, StringComparer.Ordinal).Select(c => (c.Team, c.Rows.Count)).ShouldBe([("Crimson", 1), ("Red", 0)]);
    }

    [Fact]
    public async Task A_team_that_is_gone_when_it_is_asked_leaves_the_others()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("/teams?", """{"value":[{"id":"gone","name":"Gone"},{"id":"t1","name":"Red"}]}""");
        organisation.On("/classificationnodes/", """{"id":1,"name":"Web","children":[{"id":2,"identifier":"i1","name":"S1"}]}""");
        organisation.On("/gone/_apis/work/", """{"message":"The team does not exist."}""", 404);
        organisation.On("/t1/_apis/work/teamsettings/iterations?", """{"value":[{"id":"i1"}]}""");
        var facts = await new Organisation(organisation.Address, "secret", "Web").NewAsync<Fact>("iterations");
        facts.OfType<SprintFact>().ShouldHaveSingleItem().BoardOrTeam.ShouldBe("Red");
    }

    private static Organisation Of(AzureDevOpsServer server) => new(server.Address, AzureDevOpsServer.Token, "Web");

    private static string Sprint(AzureDevOpsServer server, string name, int first, int last) => server.StandIn.AddSprint(Spec(name, first, last));

    private static SprintSpec Spec(string name, int first, int last) => new("Web", name, null, "future", Day(first), Day(last));

    private static DateTimeOffset Day(int offset) => new(Today.AddDays(offset), TimeOnly.MinValue, TimeSpan.Zero);

    private static void Capacity(AzureDevOpsServer server, string team, string sprint, string person, int hours) =>
        server.StandIn.SetCapacity(new CapacitySpec("Web", team, sprint, [new(person, [("Development", hours)], [])], []));
}
