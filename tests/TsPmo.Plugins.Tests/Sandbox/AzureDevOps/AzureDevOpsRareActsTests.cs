using System.Text.Json.Nodes;
using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

/// <summary>Moves, other types, other names, the recycle bin and lost sight, as their readers meet them.</summary>
public sealed class AzureDevOpsRareActsTests
{
    private const string Feed = "/_apis/wit/reporting/workitemrevisions?includeDeleted=true&api-version=7.1";

    [Fact]
    public async Task A_move_to_another_process_brings_project_type_state_area_and_iteration_in_one_revision()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.AddProject(new ProjectSpec("App", "The app", "Scrum", [], "Scrum"));
        var id = server.Story(0, with: s => s with { Team = "Red", Points = 3 });
        IReadOnlyList<string> none = [];
        server.StandIn.ChangeItem(AzureDevOpsServer.At(1), server.Ann, id,
            [new(ItemField.Type, "Product Backlog Item"), new(ItemField.Status, "Approved"), new(ItemField.Team, null), new(ItemField.Sprints, none), new(ItemField.Project, "App")]);

        var fields = (await server.GetAsync($"/_apis/wit/workitems/{id}?api-version=7.1"))["fields"].ShouldNotBeNull();
        ((string?)fields["System.TeamProject"], (string?)fields["System.WorkItemType"], (string?)fields["System.State"]).ShouldBe(("App", "Product Backlog Item", "Approved"));
        ((string?)fields["System.AreaPath"], (string?)fields["System.IterationPath"], (double?)fields["Microsoft.VSTS.Scheduling.Effort"]).ShouldBe(("App", "App", 3.0));
        ((int?)fields["System.Rev"], (double?)fields["Microsoft.VSTS.Scheduling.StoryPoints"]).ShouldBe((2, null));
        Revs(await server.GetAsync("/Web" + Feed)).ShouldBe("1/1");
    }

    [Fact]
    public async Task An_item_comes_back_from_the_recycle_bin_with_a_revision_that_is_not_deleted()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        server.StandIn.DeleteItem(AzureDevOpsServer.At(1), server.Ann, id);
        server.StandIn.RestoreItem(AzureDevOpsServer.At(2), server.Ann, id);

        var rows = (await server.GetAsync(Feed))["values"]!.AsArray();
        rows.Select(r => (bool?)r!["fields"]!["System.IsDeleted"]).ShouldBe([null, true, null]);
        (await server.SendAsync(HttpMethod.Get, $"/_apis/wit/workitems/{id}?api-version=7.1")).Status.ShouldBe(200);
        (await server.GetAsync("/_apis/wit/recyclebin?api-version=7.1"))["value"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_can_restore_and_destroy_what_is_in_the_recycle_bin()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        server.StandIn.DeleteItem(AzureDevOpsServer.At(1), server.Ann, id);
        var bin = $"/Web/_apis/wit/recyclebin/{id}?api-version=7.1";
        (await server.SendAsync(HttpMethod.Patch, bin, """{"isDeleted":false}""")).Status.ShouldBe(200);
        (await server.SendAsync(HttpMethod.Get, bin)).Status.ShouldBe(404);

        server.StandIn.DeleteItem(AzureDevOpsServer.At(2), server.Ann, id);
        (await server.SendAsync(HttpMethod.Delete, bin)).Status.ShouldBe(204);
        (await server.SendAsync(HttpMethod.Get, bin)).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_destroyed_item_is_gone_from_everywhere(bool deletedBefore)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (parent, kept) = (server.Story(0), server.Story(1));
        var id = server.Story(2, with: s => s with { Parent = parent });
        server.StandIn.AddLink(AzureDevOpsServer.At(3), server.Ann, new LinkSpec(kept, "relates", id));
        if (deletedBefore)
            server.StandIn.DeleteItem(AzureDevOpsServer.At(4), server.Ann, id);
        server.StandIn.DestroyItem(AzureDevOpsServer.At(5), server.Ann, id);

        var answer = await server.SendAsync(HttpMethod.Get, $"/_apis/wit/workitems/{id}?api-version=7.1");
        (answer.Status, answer.Body.Contains("TF401232", StringComparison.Ordinal)).ShouldBe((404, true));
        Revs(await server.GetAsync(Feed)).ShouldBe("1/1 2/1 2/2");
        (await server.QueryAsync("[System.Id] > 0")).ShouldBe([parent, kept]);
        (await server.GetAsync("/_apis/wit/recyclebin?ids=3&api-version=7.1"))["value"]![0]!["code"]!.GetValue<int>().ShouldBe(404);
        (await server.GetAsync("/_apis/wit/reporting/workitemlinks?api-version=7.1"))["values"]!.AsArray().ShouldBeEmpty();
        (await server.GetAsync($"/_apis/wit/workitems/{parent}?$expand=relations&api-version=7.1"))["relations"].ShouldBeNull();
    }

    [Fact]
    public async Task Another_display_name_shows_in_old_revisions_and_makes_no_new_one()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.Story(0, with: s => s with { Assignee = server.Ben });
        server.StandIn.RenamePerson(server.Ben, "Ben Carter");

        var rows = (await server.GetAsync(Feed))["values"]!.AsArray();
        ((string?)rows.Single()!["fields"]!["System.AssignedTo"]).ShouldBe("Ben Carter <ben@example.com>");
    }

    [Theory]
    [InlineData(false, 404)]
    [InlineData(true, 403)]
    public async Task An_item_out_of_sight_is_left_out_without_a_word_and_refused_by_name(bool forbidden, int status)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(switches: new AzureDevOpsSwitches { HiddenIsForbidden = forbidden });
        var (seen, hidden) = (server.Story(0), server.Story(1));
        server.StandIn.AddLink(AzureDevOpsServer.At(2), server.Ann, new LinkSpec(seen, "relates", hidden));
        server.StandIn.ShowItem(AzureDevOpsServer.At(3), server.Ann, hidden, visible: false, HidingWay.Permission);
        await ExpectOnlyTheSeenAsync(server, seen, hidden, status);

        server.StandIn.ShowItem(AzureDevOpsServer.At(4), server.Ann, hidden, visible: true, HidingWay.Permission);
        Revs(await server.GetAsync(Feed)).ShouldBe("1/1 2/1 1/2 2/2");
    }

    [Fact]
    public async Task An_area_that_is_shut_off_hides_all_its_items()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (seen, hidden) = (server.Story(0), server.Story(1, with: s => s with { Team = "Red" }));
        server.StandIn.AddLink(AzureDevOpsServer.At(2), server.Ann, new LinkSpec(seen, "relates", hidden));
        server.StandIn.Switches = new() { HiddenAreas = [@"Web\Red"] };

        await ExpectOnlyTheSeenAsync(server, seen, hidden, 404);
    }

    private static async Task ExpectOnlyTheSeenAsync(AzureDevOpsServer server, string seen, string hidden, int status)
    {
        (await server.SendAsync(HttpMethod.Get, $"/_apis/wit/workitems/{hidden}?api-version=7.1")).Status.ShouldBe(status);
        Revs(await server.GetAsync(Feed)).ShouldBe("1/1 1/2");
        (await server.QueryAsync("[System.Id] > 0")).ShouldBe([seen]);
        (await server.GetAsync("/_apis/wit/reporting/workitemlinks?api-version=7.1"))["values"]!.AsArray().ShouldBeEmpty();
        var batch = await server.PostAsync("/_apis/wit/workitemsbatch?api-version=7.1", $$"""{"ids":[{{seen}},{{hidden}}],"fields":["System.Id"],"errorPolicy":"omit"}""");
        batch.Values.Select(v => (int?)v?["id"]).ShouldBe([1, null]);
    }

    private static string Revs(JsonNode feed) => string.Join(' ', feed["values"].ShouldNotBeNull().AsArray().Select(r => $"{r!["id"]}/{r["rev"]}"));
}
