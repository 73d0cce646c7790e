using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>What the connector understands of an organisation that changes, over real HTTP.</summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task Every_revision_is_read_once_and_only_what_is_new_after_that()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server, "Web");
        var id = server.Story(0);
        server.Change(5, id, ItemField.Status, "Active");
        (await organisation.NewAsync<WorkItemEvent>("workItems")).Select(e => e.EventId).ShouldBe([1, 2]);
        (await organisation.ReadAsync("workItems")).Pages.ShouldBeEmpty();
        server.Change(9, id, ItemField.Points, 5.0);
        var change = (await organisation.NewAsync<WorkItemEvent>("workItems")).ShouldHaveSingleItem();
        change.Values[RawFields.Custom("Microsoft.VSTS.Scheduling.StoryPoints")].To.AsNumber().ShouldBe(5);
        change.Author.ShouldBe("ann@example.com");
    }

    [Fact]
    public async Task Items_of_other_projects_are_not_kept()
    {
        await using var server = await TwoProjectsAsync();
        server.Story(0);
        server.StandIn.CreateItem(AzureDevOpsServer.At(1), server.Ann, new ItemSpec("Shop", "User Story", "Elsewhere", "New"));
        (await Of(server, "web").NewAsync<WorkItemFact>("workItems")).ShouldHaveSingleItem().Title.ShouldBe("A story");
    }

    [Fact]
    public async Task An_item_that_moves_in_brings_its_past_along()
    {
        await using var server = await TwoProjectsAsync();
        var organisation = Of(server, "Web");
        server.Story(0);
        var id = server.StandIn.CreateItem(AzureDevOpsServer.At(1), server.Ann, new ItemSpec("Shop", "User Story", "Elsewhere", "New")).Id;
        server.Change(2, id, ItemField.Status, "Active");
        (await organisation.NewAsync<WorkItemEvent>("workItems")).ShouldNotContain(e => e.ItemId == id);
        server.Change(9, id, ItemField.Project, "Web");
        (await organisation.NewAsync<WorkItemEvent>("workItems")).Where(e => e.ItemId == id)
            .Select(e => $"{e.EventId} {e.Values[RawFields.Project].To.Text} {e.Values[RawFields.Status].To.Text}")
            .ShouldBe(["1 Shop New", "2 Shop Active", "3 Web Active"]);
    }

    [Fact]
    public async Task An_item_that_moves_out_is_followed()
    {
        await using var server = await TwoProjectsAsync();
        var organisation = Of(server, "Web");
        var id = server.Story(0);
        await organisation.ReadAsync("workItems");
        server.Change(2, id, ItemField.Project, "Shop");
        server.Change(3, id, ItemField.Status, "Active");
        var told = await organisation.NewAsync<IfKnown>("workItems");
        told.ShouldAllBe(t => t.ItemId == id);
        told.SelectMany(t => t.Facts).OfType<WorkItemEvent>().Select(e => e.Values[RawFields.Project].To.Text).ShouldBe(["Shop", "Shop"]);
    }

    [Fact]
    public async Task A_project_that_is_bound_later_is_read_from_its_beginning()
    {
        await using var server = await TwoProjectsAsync();
        var organisation = Of(server, "Web");
        server.Story(0);
        var id = server.StandIn.CreateItem(AzureDevOpsServer.At(1), server.Ann, new ItemSpec("Shop", "User Story", "Elsewhere", "New")).Id;
        await organisation.ReadAsync("workItems");
        organisation.Bind("Shop", "Web");
        (await organisation.NewAsync<WorkItemFact>("workItems")).ShouldContain(i => i.Id == id);
        (await organisation.ReadAsync("workItems")).Pages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deletion_is_a_change_at_its_instant()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server, "Web");
        var id = server.Story(0);
        await organisation.ReadAsync("workItems");
        server.StandIn.DeleteItem(AzureDevOpsServer.At(7), server.Ben, id);
        var deletion = (await organisation.NewAsync<WorkItemEvent>("workItems")).ShouldHaveSingleItem();
        deletion.Values[RawFields.Deleted].To.AsFlag().ShouldBeTrue();
        (deletion.At, deletion.Author).ShouldBe((AzureDevOpsServer.At(7), "ben@example.com"));
    }

    [Fact]
    public async Task An_iteration_made_after_the_first_look_is_found()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server, "Web");
        var first = Sprint(server, "Sprint 1", 0);
        var id = server.Story(0, with: s => s with { Sprints = [first] });
        await organisation.ReadAsync("workItems");
        var second = Sprint(server, "Sprint 2", 14);
        server.Change(5, id, ItemField.Sprints, new[] { second });
        (await organisation.NewAsync<WorkItemEvent>("workItems")).Single().Values[RawFields.Sprints].To.AsList().ShouldBe([second]);
    }

    [Fact]
    public async Task Sprints_have_days_and_teams_and_the_root_is_none()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = Sprint(server, "Sprint 1", 0);
        server.StandIn.AddSprint(new SprintSpec("Web", "Someday", null, "future", null, null, Teams: []));
        var sprints = await Of(server, "Web").NewAsync<SprintFact>("iterations");
        sprints.Select(s => s.Name).ShouldBe(["Sprint 1", "Someday"], ignoreOrder: true);
        var sprint = sprints.Single(s => s.Id == id);
        (sprint.FirstDay, sprint.LastDay, sprint.BoardOrTeam, sprint.IsSelected).ShouldBe((new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 13), "Red", true));
        sprints.Single(s => s.Id != id).IsSelected.ShouldBeFalse();
    }

    [Fact]
    public async Task A_hyperlink_comes_and_goes_with_its_item()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server, "Web");
        var id = server.Story(0);
        var link = new LinkSpec(id, "relates", null, "https://jira.example.com/browse/PAY-1");
        server.StandIn.AddLink(AzureDevOpsServer.At(1), server.Ann, link);
        (await organisation.NewAsync<LinkSet>("workItems")).Last(s => s.Group == "remote").Links.ShouldHaveSingleItem().OtherUrl.ShouldBe(link.ToUrl);
        server.StandIn.RemoveLink(AzureDevOpsServer.At(2), server.Ann, link);
        (await organisation.NewAsync<LinkSet>("workItems")).Single(s => s.Group == "remote").Links.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_is_removed_is_told_as_inactive_and_newer()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server, "Web");
        var link = new LinkSpec(server.Story(0), "blocks", server.Story(1));
        server.StandIn.AddLink(AzureDevOpsServer.At(2), server.Ann, link);
        var made = (await organisation.NewAsync<LinkFact>("links")).ShouldHaveSingleItem();
        (made.FromId, made.Kind, made.ToId, made.IsActive).ShouldBe((link.FromId, LinkKind.Blocks, link.ToId!, true));
        server.StandIn.RemoveLink(AzureDevOpsServer.At(3), server.Ann, link);
        var undone = (await organisation.NewAsync<LinkFact>("links")).ShouldHaveSingleItem();
        undone.IsActive.ShouldBeFalse();
        undone.Origin.ShouldBe(made.Origin);
        undone.Version.ShouldBeGreaterThan(made.Version);
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_named_and_the_rest_goes_on()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server, "Gone", "Web");
        var reading = await organisation.ReadAsync("catalogue");
        var notice = reading.Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Scope).ShouldBe(("project-unknown", "Gone"));
        reading.Records.ShouldContain(r => r.Kind == "project" && r.Id == "Web");
        (await organisation.ReadAsync("catalogue")).Notices.Count.ShouldBe(1);
        foreach (var stream in organisation.Instance.Connector.Streams.Skip(1))
            (await organisation.ReadAsync(stream)).Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_catalogue_is_read_where_a_project_is_new_and_whole_in_a_thorough_reading()
    {
        await using var server = await TwoProjectsAsync();
        var organisation = Of(server, "Web");
        (await organisation.NewAsync<StateDefinition>("catalogue")).ShouldContain(s => s.Type == "User Story" && s.Status == "Resolved" && s.State == State.InProgress);
        (await organisation.ReadAsync("catalogue")).Pages.ShouldBeEmpty();
        organisation.Bind("Shop", "Web");
        (await organisation.NewAsync<StateDefinition>("catalogue")).Select(s => s.Project).Distinct().ShouldBe(["Shop"]);
        organisation.Clock.Advance(TimeSpan.FromDays(1));
        (await organisation.ReadAsync("catalogue")).Pages.ShouldBeEmpty();
        (await organisation.NewAsync<StateDefinition>("catalogue", ReadDepth.Reconcile)).Select(s => s.Project).Distinct().ShouldBe(["Shop", "Web"]);
    }

    private static Organisation Of(AzureDevOpsServer server, params string[] projects) => new(server.Address, AzureDevOpsServer.Token, projects);

    private static async Task<AzureDevOpsServer> TwoProjectsAsync()
    {
        var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.AddProject(new ProjectSpec("Shop", "Another shop", "Scrum", [], "Agile", ["Blue"]));
        return server;
    }

    private static string Sprint(AzureDevOpsServer server, string name, int day)
    {
        var first = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddDays(day);
        return server.StandIn.AddSprint(new SprintSpec("Web", name, null, "future", first, first.AddDays(11)));
    }
}
