using System.Text.Json.Nodes;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

public sealed class AzureDevOpsFeedTests
{
    private const string Feed = "/_apis/wit/reporting/workitemrevisions?api-version=7.1";

    [Fact]
    public async Task The_feed_resumes_from_its_token_until_the_last_batch()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        server.Change(1, id, ItemField.Status, "Active");
        server.Change(2, id, ItemField.Points, 5.0);

        var first = await server.GetAsync(Feed + "&$maxPageSize=2");
        ((bool?)first["isLastBatch"], Revs(first)).ShouldBe((false, "1/1 1/2"));
        var token = (string?)first["continuationToken"];
        token.ShouldBe("2;1;2");
        ((string?)first["nextLink"]).ShouldNotBeNull().ShouldContain("continuationToken=2;1;2");

        var second = await server.GetAsync($"{Feed}&continuationToken={token}");
        ((bool?)second["isLastBatch"], Revs(second)).ShouldBe((true, "1/3"));
        var third = await server.GetAsync($"{Feed}&continuationToken={second["continuationToken"]}");
        ((bool?)third["isLastBatch"], Revs(third), (string?)third["continuationToken"]).ShouldBe((true, "", "3;1;3"));
        server.Change(3, id, ItemField.Title, "Later");
        Revs(await server.GetAsync($"{Feed}&continuationToken=3;1;3")).ShouldBe("1/4");
    }

    [Fact]
    public async Task A_token_and_a_start_date_exclude_each_other_and_a_start_date_may_be_rfc_1123()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.Story(0);
        server.Story(90);
        Revs(await server.GetAsync(Feed + "&startDateTime=Mon, 02 Mar 2026 10:00:00 GMT")).ShouldBe("2/1");
        var both = await server.SendAsync(HttpMethod.Get, Feed + "&startDateTime=2026-03-02&continuationToken=1;1;1");
        both.Status.ShouldBe(400);
    }

    [Fact]
    public async Task Revisions_name_people_as_text_unless_asked_and_leave_empty_fields_out()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var parent = server.Story(0);
        var id = server.Story(1, with: s => s with { Parent = parent, Assignee = "ben@example.com" });
        server.Change(2, id, ItemField.Assignee, null);

        var rows = (await server.GetAsync(Feed))["values"].ShouldNotBeNull().AsArray();
        var (before, after) = (Fields(rows[1]), Fields(rows[2]));
        ((string?)before["System.AssignedTo"]).ShouldBe("Ben Baker <ben@example.com>");
        ((int?)before["System.Parent"]).ShouldBe(1);
        ((string?)before["System.RevisedDate"]).ShouldBe("2026-03-02T09:02:00Z");
        after.ContainsKey("System.AssignedTo").ShouldBeFalse();
        after.ContainsKey("Microsoft.VSTS.Scheduling.StoryPoints").ShouldBeFalse();
        ((string?)after["System.RevisedDate"]).ShouldBe("9999-01-01T00:00:00Z");

        var objects = Fields((await server.GetAsync(Feed + "&includeIdentityRef=true"))["values"]![1]);
        ((string?)objects["System.AssignedTo"]!["uniqueName"]).ShouldBe("ben@example.com");
    }

    [Fact]
    public async Task The_body_of_a_post_chooses_fields_and_types()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.Story(0);
        server.StandIn.CreateItem(AzureDevOpsServer.At(1), server.Ann, new ItemSpec("Web", "Bug", "A bug", "New"));
        var answer = await server.PostAsync(Feed, """{"fields":["System.Id","System.State"],"types":["Bug"],"includeIdentityRef":true}""");
        answer.Json["values"]!.ToJsonString().ShouldBe("""[{"id":2,"rev":1,"fields":{"System.Id":2,"System.State":"New"}}]""");
        (await server.PostAsync(Feed, """{"fields":["Custom.Nothing"]}""")).Body.ShouldContain("TF51535");
    }

    [Fact]
    public async Task Deleted_items_appear_only_where_asked_for_with_a_last_revision_that_says_so()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        server.StandIn.DeleteItem(AzureDevOpsServer.At(1), server.Ann, id);
        Revs(await server.GetAsync(Feed)).ShouldBe("");
        var all = await server.GetAsync(Feed + "&includeDeleted=true");
        Revs(all).ShouldBe("1/1 1/2");
        ((bool?)Fields(all["values"]![1])["System.IsDeleted"]).ShouldBe(true);
        Fields(all["values"]![0]).ContainsKey("System.IsDeleted").ShouldBeFalse();
        (await server.SendAsync(HttpMethod.Get, $"/_apis/wit/workitems/{id}?api-version=7.1")).Status.ShouldBe(404);
        (await server.GetAsync("/Web/_apis/wit/recyclebin?api-version=7.1"))["value"]![0]!["id"]!.GetValue<int>().ShouldBe(1);
        ((string?)(await server.GetAsync("/_apis/wit/recyclebin?ids=1&api-version=7.1"))["value"]![0]!["name"]).ShouldBe("A story");
    }

    [Fact]
    public async Task An_item_that_moves_leaves_the_feed_of_its_old_project()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.AddProject(new ProjectSpec("App", "The app", "Scrum", [], "Agile"));
        var id = server.Story(0, with: s => s with { Team = "Red", Points = 3 });
        server.Change(1, id, ItemField.Project, "App");

        Revs(await server.GetAsync("/Web" + Feed)).ShouldBe("1/1");
        var moved = await server.GetAsync("/App" + Feed);
        Revs(moved).ShouldBe("1/2");
        var fields = Fields(moved["values"]![0]);
        ((string?)fields["System.AreaPath"], (string?)fields["System.IterationPath"], (double?)fields["Microsoft.VSTS.Scheduling.StoryPoints"]).ShouldBe(("App", "App", 3.0));
        Revs(await server.GetAsync(Feed)).ShouldBe("1/1 1/2");
    }

    [Fact]
    public async Task Links_have_their_own_feed_and_their_removal_is_told()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (blocker, blocked) = (server.Story(0), server.Story(1));
        var link = new LinkSpec(blocker, "blocks", blocked);
        server.StandIn.AddLink(AzureDevOpsServer.At(2), server.Ann, link);
        server.StandIn.RemoveLink(AzureDevOpsServer.At(3), server.Ann, link);

        const string feed = "/_apis/wit/reporting/workitemlinks?api-version=7.1";
        var answer = await server.GetAsync(feed);
        var rows = answer["values"]!.AsArray().Select(r => $"{r!["rel"]} {r["sourceId"]}>{r["targetId"]} {r["isActive"]}").ToList();
        rows.ShouldBe(["System.LinkTypes.Dependency-Forward 1>2 true", "System.LinkTypes.Dependency-Forward 1>2 false"]);
        (await server.GetAsync($"{feed}&continuationToken={answer["continuationToken"]}"))["values"]!.AsArray().Count.ShouldBe(0);
        Revs(await server.GetAsync(Feed)).ShouldBe("1/1 2/1 1/2 2/2 1/3 2/3");
    }

    [Fact]
    public async Task Work_is_a_running_total_that_revisions_raise_and_lower()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0, with: s => s with { RemainingHours = 2 });
        var entry = server.StandIn.LogWork(AzureDevOpsServer.At(1), server.Ben, id, AzureDevOpsServer.At(1), 1.5);
        entry.ShouldBe("1/2");
        server.StandIn.LogWork(AzureDevOpsServer.At(2), server.Ben, id, AzureDevOpsServer.At(2), 1);
        server.StandIn.DeleteWork(AzureDevOpsServer.At(3), server.Ben, entry);
        var rows = (await server.GetAsync(Feed))["values"]!.AsArray().Select(Fields).Skip(1)
            .Select(f => ((double?)f["Microsoft.VSTS.Scheduling.CompletedWork"], (double?)f["Microsoft.VSTS.Scheduling.RemainingWork"])).ToList();
        rows.ShouldBe([(1.5, 0.5), (2.5, 0), (1, 1.5)]);
    }

    private static JsonObject Fields(JsonNode? row) => row.ShouldNotBeNull()["fields"].ShouldNotBeNull().AsObject();

    private static string Revs(JsonNode feed) => string.Join(' ', feed["values"].ShouldNotBeNull().AsArray().Select(r => $"{r!["id"]}/{r["rev"]}"));
}
