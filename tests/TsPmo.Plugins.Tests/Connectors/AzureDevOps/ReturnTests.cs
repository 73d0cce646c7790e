using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Items and projects that were out of sight when the feeds went past them, and came back: nothing of what happened before is missing afterwards.</summary>
public sealed class ReturnTests
{
    [Fact]
    public async Task A_revision_of_an_item_that_was_out_of_sight_comes_with_the_next_thorough_reading()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, other) = (server.Story(0), server.Story(1));
        var organisation = Of(server);
        await ThoroughlyAsync<WorkItemEvent>(organisation, "workItems");
        server.Change(2, id, ItemField.Status, "Active");
        Show(server, id, visible: false);
        server.Change(3, other, ItemField.Status, "Active");
        await organisation.NewAsync<WorkItemEvent>("workItems");
        Show(server, id, visible: true);

        (await organisation.NewAsync<WorkItemEvent>("workItems")).ShouldBeEmpty();
        (await ThoroughlyAsync<WorkItemEvent>(organisation, "workItems")).ShouldContain(e => e.ItemId == id && e.EventId == 2);
        (await organisation.NewAsync<WorkItemEvent>("workItems")).ShouldBeEmpty();
        (await ThoroughlyAsync<WorkItemEvent>(organisation, "workItems")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_was_undone_before_an_end_went_out_of_sight_is_known_to_be_undone_after_the_next_thorough_reading()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, other, third) = (server.Story(0), server.Story(1), server.Story(1));
        var link = new LinkSpec(id, "relates", other);
        server.StandIn.AddLink(AzureDevOpsServer.At(2), server.Ann, link);
        var organisation = Of(server);
        await ThoroughlyAsync<LinkFact>(organisation, "links");
        server.StandIn.RemoveLink(AzureDevOpsServer.At(3), server.Ann, link);
        server.StandIn.AddLink(AzureDevOpsServer.At(3), server.Ann, new LinkSpec(other, "relates", third));
        Show(server, id, visible: false);
        (await organisation.NewAsync<LinkFact>("links")).ShouldHaveSingleItem().FromId.ShouldBe(other);
        Show(server, id, visible: true);

        (await organisation.NewAsync<LinkFact>("links")).ShouldBeEmpty();
        (await ThoroughlyAsync<LinkFact>(organisation, "links")).ShouldContain(l => l.FromId == id && !l.IsActive);
    }

    [Fact]
    public async Task A_project_that_comes_back_is_loaded_anew_with_its_links()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, other) = (server.Story(0), server.Story(1));
        var organisation = Of(server);
        await ReadAsync(organisation);
        server.StandIn.Switches = new() { GoneProjects = ["Web"] };
        server.Change(2, id, ItemField.Status, "Active");
        server.StandIn.AddLink(AzureDevOpsServer.At(3), server.Ann, new LinkSpec(id, "relates", other));
        (await ReadAsync(organisation)).ShouldBeEmpty();
        server.StandIn.Switches = new();

        var back = await ReadAsync(organisation);
        back.OfType<WorkItemEvent>().Where(e => e.ItemId == id).Select(e => e.EventId).Distinct().ShouldBe([1, 2, 3]);
        back.OfType<LinkFact>().Select(l => l.Origin).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        (await ReadAsync(organisation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_from_elsewhere_that_was_undone_while_a_project_was_gone_is_known_to_be_undone_when_it_comes_back()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.AddProject(new ProjectSpec("Shop", "Another shop", "Scrum", [], "Agile", ["Blue"]));
        var (id, other, third) = (server.Story(0), server.Story(1), server.Story(1));
        server.Change(1, other, ItemField.Project, "Shop");
        var link = new LinkSpec(id, "relates", other);
        server.StandIn.AddLink(AzureDevOpsServer.At(2), server.Ann, link);
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token, "Shop", "Web");
        await ReadAsync(organisation);
        server.StandIn.Switches = new() { GoneProjects = ["Shop"] };
        server.StandIn.RemoveLink(AzureDevOpsServer.At(3), server.Ann, link);
        server.StandIn.AddLink(AzureDevOpsServer.At(4), server.Ann, new LinkSpec(id, "relates", third));
        await ReadAsync(organisation);
        await ThoroughlyAsync<LinkFact>(organisation, "links");
        server.StandIn.Switches = new();

        (await ReadAsync(organisation)).OfType<LinkFact>().ShouldContain(l => l.ToId == other && !l.IsActive);
        (await ReadAsync(organisation)).ShouldBeEmpty();
    }

    private static Organisation Of(AzureDevOpsServer server) => new(server.Address, AzureDevOpsServer.Token, "Web");

    private static void Show(AzureDevOpsServer server, string id, bool visible) => server.StandIn.ShowItem(AzureDevOpsServer.At(4), server.Ann, id, visible, HidingWay.Permission);

    private static Task<IReadOnlyList<T>> ThoroughlyAsync<T>(Organisation organisation, string stream)
        where T : Fact => organisation.NewAsync<T>(stream, ReadDepth.Reconcile);

    /// <summary>Reads as a pass does: the projects are listed first.</summary>
    private static async Task<IReadOnlyList<Fact>> ReadAsync(Organisation organisation)
    {
        await organisation.ReadAsync("catalogue");
        return [.. await organisation.NewAsync<WorkItemEvent>("workItems"), .. await organisation.NewAsync<LinkFact>("links")];
    }
}
