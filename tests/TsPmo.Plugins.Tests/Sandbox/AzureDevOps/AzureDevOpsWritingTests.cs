namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

public sealed class AzureDevOpsWritingTests
{
    private const string SetStatus = """{"op":"add","path":"/fields/Custom.PmoStatus","value":"on track"}""";

    [Fact]
    public async Task A_patch_is_one_revision_and_mails_unless_suppressed()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        const string link = """{"op":"add","path":"/relations/-","value":{"rel":"Hyperlink","url":"https://pmo.example.com/1","attributes":{"comment":"status"}}}""";
        var quiet = await server.PatchAsync(id, $$"""[{"op":"test","path":"/rev","value":1},{{SetStatus}},{{link}}]""", "&suppressNotifications=true&$expand=relations");
        quiet.Status.ShouldBe(200, quiet.Body);
        ((int?)quiet.Json["rev"], (string?)quiet.Json["fields"]!["Custom.PmoStatus"], (string?)quiet.Json["relations"]![0]!["attributes"]!["comment"]).ShouldBe((2, "on track", "status"));
        server.Notifications.Sent.ShouldBeEmpty();

        (await server.PatchAsync(id, """[{"op":"remove","path":"/fields/Custom.PmoStatus"},{"op":"remove","path":"/relations/0"}]""")).Status.ShouldBe(200);
        server.Notifications.Sent.Select(n => (n.ItemId, n.Act)).ShouldBe([("1", "item-edited")]);
        (await server.GetAsync("/_apis/wit/workitems/1?api-version=7.1&$expand=all")).AsObject().ContainsKey("relations").ShouldBeFalse();
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_makes_no_revision()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        await server.PatchAsync(id, $"[{SetStatus}]");
        ((int?)(await server.PatchAsync(id, $"[{SetStatus}]")).Json["rev"]).ShouldBe(2);
        server.Notifications.Sent.Count.ShouldBe(1);
        await server.PatchAsync(id, """[{"op":"add","path":"/fields/Custom.PmoStatus","value":"late"}]""", "&validateOnly=true");
        ((string?)(await server.GetAsync("/_apis/wit/workitems/1?api-version=7.1"))["fields"]!["Custom.PmoStatus"]).ShouldBe("on track");
    }

    [Theory]
    [InlineData("""{"op":"test","path":"/rev","value":7}""", 412, "VS403351")]
    [InlineData("""{"op":"add","path":"/fields/Custom.Nothing","value":"x"}""", 400, "TF51535")]
    [InlineData("""{"op":"add","path":"/fields/System.State","value":"Nowhere"}""", 400, "TF401320")]
    [InlineData("""{"op":"add","path":"/fields/System.CreatedDate","value":"2026-01-01"}""", 400, "TF401320")]
    [InlineData("""{"op":"add","path":"/fields/System.IterationPath","value":"Web\\Nowhere"}""", 400, "TF401347")]
    [InlineData("""{"op":"replace","path":"/fields/Custom.PmoForecast","value":"x"}""", 400, "Custom.PmoForecast")]
    [InlineData("""{"op":"remove","path":"/relations/4"}""", 400, "relations/4")]
    [InlineData("""{"op":"add","path":"/relations/-","value":{"rel":"System.LinkTypes.Related","url":"x/_apis/wit/workItems/99"}}""", 404, "TF401232")]
    public async Task One_bad_operation_rejects_the_whole_document(string operation, int status, string message)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        var answer = await server.PatchAsync(id, $"[{SetStatus},{operation}]");
        answer.Status.ShouldBe(status, answer.Body);
        answer.Body.ShouldContain(message);
        ((int?)(await server.GetAsync("/_apis/wit/workitems/1?api-version=7.1"))["rev"]).ShouldBe(1);
        server.Notifications.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_are_one_text_without_doubles()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        var answer = await server.PatchAsync(id, """[{"op":"add","path":"/fields/System.Tags","value":"b;A ; a;pmo:late"}]""");
        ((string?)answer.Json["fields"]!["System.Tags"]).ShouldBe("A; b; pmo:late");
    }

    [Fact]
    public async Task Links_of_two_items_are_seen_from_both_and_may_not_go_round_in_a_circle()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (first, second) = (server.Story(0), server.Story(1));
        static string Successor(string id) => $$$"""[{"op":"add","path":"/relations/-","value":{"rel":"System.LinkTypes.Dependency-Forward","url":"http://x/_apis/wit/workItems/{{{id}}}"}}]""";
        (await server.PatchAsync(first, Successor(second))).Status.ShouldBe(200);
        var circle = await server.PatchAsync(second, Successor(first));
        circle.Status.ShouldBe(400);
        circle.Body.ShouldContain("TF201035");
        var other = await server.GetAsync($"/_apis/wit/workitems/{second}?api-version=7.1&$expand=relations");
        ((string?)other["relations"]![0]!["rel"], (int?)other["rev"]).ShouldBe(("System.LinkTypes.Dependency-Reverse", 2));
    }

    [Fact]
    public async Task Comments_are_revisions_and_always_mail()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.Story(0);
        const string comments = "/Web/_apis/wit/workItems/1/comments";
        var created = await server.PostAsync($"{comments}?format=0&{AzureDevOpsServer.Preview}", """{"text":"**late**"}""");
        created.Status.ShouldBe(200, created.Body);
        ((string?)created.Json["format"], (int?)created.Json["version"]).ShouldBe(("markdown", 1));
        var edited = await server.SendAsync(HttpMethod.Patch, $"{comments}/1?format=markdown&{AzureDevOpsServer.Preview}", """{"text":"on time"}""");
        ((int?)edited.Json["id"], (int?)edited.Json["version"], (string?)edited.Json["text"]).ShouldBe((1, 2, "on time"));

        var item = await server.GetAsync("/_apis/wit/workitems/1?api-version=7.1");
        ((int?)item["rev"], (int?)item["fields"]!["System.CommentCount"], (string?)item["fields"]!["System.History"]).ShouldBe((3, 1, "on time"));
        (await server.SendAsync(HttpMethod.Delete, $"{comments}/1?{AzureDevOpsServer.Preview}")).Status.ShouldBe(200);
        ((int?)(await server.GetAsync($"{comments}?{AzureDevOpsServer.Preview}"))["totalCount"]).ShouldBe(0);
        server.Notifications.Sent.Select(n => n.Act).ShouldBe(["comment-created", "comment-edited", "deleted"]);
        (await server.PostAsync($"{comments}?{AzureDevOpsServer.Preview}", """{"text":""}""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Items_are_created_and_deleted_over_http()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var path = "/Web/_apis/wit/workitems/$User%20Story?api-version=7.1";
        var created = await server.SendAsync(HttpMethod.Post, path, """[{"op":"add","path":"/fields/System.Title","value":"Hello"}]""", "application/json-patch+json");
        ((int?)created.Json["id"], (string?)created.Json["fields"]!["System.State"]).ShouldBe((1, "New"));
        (await server.SendAsync(HttpMethod.Post, path, "[]", "application/json-patch+json")).Body.ShouldContain("TF401320");
        (await server.SendAsync(HttpMethod.Delete, "/Web/_apis/wit/workitems/1?api-version=7.1")).Json["code"]!.GetValue<int>().ShouldBe(200);
        (await server.SendAsync(HttpMethod.Patch, "/Web/_apis/wit/workitems/1?api-version=7.1", "[]")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_patch_of_another_content_type_is_refused()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.Story(0);
        (await server.SendAsync(HttpMethod.Patch, "/Web/_apis/wit/workitems/1?api-version=7.1", "[]")).Status.ShouldBe(415);
    }
}
