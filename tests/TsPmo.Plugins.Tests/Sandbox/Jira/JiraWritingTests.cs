namespace TsPmo.Plugins.Tests.Sandbox.Jira;

public sealed class JiraWritingTests
{
    private const string Document = """{"body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"On track"}]}]}}""";

    [Fact]
    public async Task A_new_comment_sends_mails_and_an_edit_is_quiet_where_asked_for_and_allowed()
    {
        await using var server = await JiraServer.CloudAsync();
        var story = new JiraTeam(server).Story();
        var comments = $"/rest/api/3/issue/{story.Key}/comment";

        var created = await server.PostAsync(comments, Document);
        created.Status.ShouldBe(201);
        Acts(server).ShouldBe(["comment-created"]);
        var one = $"{comments}/{created.Json["id"]}";
        (await server.PutAsync(one + "?notifyUsers=false", Document)).Status.ShouldBe(200);
        Acts(server).Count().ShouldBe(1);
        server.Jira.Switches = new() { BotIsAdministrator = false };
        await server.PutAsync(one + "?notifyUsers=false", Document);
        Acts(server).ShouldBe(["comment-created", "comment-edited"]);
        (await server.DeleteAsync(one)).Status.ShouldBe(204);
        (await server.GetAsync(one)).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("""{"body":"On track"}""", "Operation value must be an Atlassian Document (see the Atlassian Document Format)")]
    [InlineData("""{"body":{"type":"doc","version":1,"content":[{"type":"sparkle"}]}}""", "Comment body is not valid!")]
    [InlineData("""{"body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":""}]}]}}""", "Comment body is not valid!")]
    public async Task The_cloud_takes_nothing_but_documents(string body, string message)
    {
        await using var server = await JiraServer.CloudAsync();
        var story = new JiraTeam(server).Story();

        var answer = await server.PostAsync($"/rest/api/3/issue/{story.Key}/comment", body);
        answer.Status.ShouldBe(400);
        answer.Json["errors"]!["comment"]!.ToString().ShouldBe(message);
        server.Notifications.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Data_Center_takes_wiki_text_and_every_comment_edit_sends_mails()
    {
        await using var server = await JiraServer.DataCenterAsync();
        var story = new JiraTeam(server).Story();
        var comments = $"/rest/api/2/issue/{story.Key}/comment";

        var created = await server.PostAsync(comments, """{"body":"h2. On track"}""");
        created.Json["body"]!.ToString().ShouldBe("h2. On track");
        await server.PutAsync($"{comments}/{created.Json["id"]}?notifyUsers=false", """{"body":"h2. Late"}""");
        Acts(server).ShouldBe(["comment-created", "comment-edited"]);
        (await server.GetAsync(comments)).Array("comments").Single()!["body"]!.ToString().ShouldBe("h2. Late");
    }

    [Fact]
    public async Task An_edit_without_mails_needs_an_administrator()
    {
        await using var cloud = await JiraServer.CloudAsync();
        await using var dataCenter = await JiraServer.DataCenterAsync();
        foreach (var (server, api) in new[] { (cloud, "3"), (dataCenter, "2") })
        {
            var story = new JiraTeam(server).Story();
            var address = $"/rest/api/{api}/issue/{story.Key}?notifyUsers=false";
            (await server.PutAsync(address, """{"update":{"labels":[{"add":"pmo-amber"}]}}""")).Status.ShouldBe(204);
            server.Notifications.Sent.ShouldBeEmpty();
            (await server.GetAsync($"/rest/api/{api}/issue/{story.Key}?fields=labels")).Json["fields"]!["labels"]!.ToJsonString().ShouldBe("""["pmo-amber"]""");
            server.Jira.Switches = new() { BotIsAdministrator = false };
            var refused = await server.PutAsync(address, """{"update":{"labels":[{"remove":"pmo-amber"}]}}""");
            refused.Status.ShouldBe(server == cloud ? 204 : 403);
            Acts(server).Count().ShouldBe(server == cloud ? 1 : 0);
        }
    }

    [Fact]
    public async Task An_edit_sets_fields_and_one_wrong_field_refuses_all()
    {
        await using var server = await JiraServer.CloudAsync();
        var story = new JiraTeam(server).Story();
        var address = $"/rest/api/3/issue/{story.Key}";

        (await server.PutAsync(address, """{"fields":{"summary":"New","customfield_10016":8,"duedate":"2026-12-01","customfield_10021":[{"value":"Impediment"}],"priority":{"name":"High"}}}""")).Status.ShouldBe(204);
        var refused = await server.PutAsync(address, """{"fields":{"summary":"Newer","created":"2026-12-01"}}""");
        refused.Status.ShouldBe(400);
        refused.Json["errors"]!["created"]!.ToString().ShouldContain("not on the appropriate screen");
        var fields = (await server.GetAsync(address)).Json["fields"]!;
        fields["summary"]!.ToString().ShouldBe("New");
        fields["customfield_10016"]!.GetValue<double>().ShouldBe(8);
        fields["customfield_10021"]![0]!["id"]!.ToString().ShouldBe("10019");
        fields["priority"]!["name"]!.ToString().ShouldBe("High");
        fields["updated"]!.ToString().ShouldBe("2026-11-24T10:30:15.250+0100");
        (await server.GetAsync(address + "/editmeta")).Json["fields"]!["labels"]!["operations"]!.ToJsonString().ShouldBe("""["add","set","remove"]""");
    }

    [Fact]
    public async Task A_property_is_created_then_updated_and_the_issue_does_not_notice()
    {
        await using var server = await JiraServer.CloudAsync();
        var story = new JiraTeam(server).Story();
        var issue = $"/rest/api/3/issue/{story.Key}";
        var before = (await server.GetAsync(issue + "?fields=updated")).Text;

        (await server.PutAsync(issue + "/properties/pmo.status", """{"band":"amber"}""")).Status.ShouldBe(201);
        (await server.PutAsync(issue + "/properties/pmo.status", """{"band":"green"}""")).Status.ShouldBe(200);
        (await server.GetAsync(issue + "/properties/pmo.status")).Json["value"]!["band"]!.ToString().ShouldBe("green");
        (await server.GetAsync(issue + "/properties")).Array("keys").Single()!["key"]!.ToString().ShouldBe("pmo.status");
        (await server.PutAsync(issue + "/properties/big", $"\"{new string('x', 32768)}\"")).Status.ShouldBe(400);
        (await server.GetAsync(issue + "?fields=updated")).Text.ShouldBe(before);
        (await server.DeleteAsync(issue + "/properties/pmo.status")).Status.ShouldBe(204);
        (await server.DeleteAsync(issue + "/properties/pmo.status")).Status.ShouldBe(404);
        (await server.GetAsync(issue + "/changelog")).Array("values").ShouldBeEmpty();
        server.Notifications.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_remote_link_is_upserted_by_its_global_id_and_what_is_left_out_becomes_null()
    {
        await using var server = await JiraServer.CloudAsync();
        var story = new JiraTeam(server).Story();
        var links = $"/rest/api/3/issue/{story.Key}/remotelink";

        var first = await server.PostAsync(links, """{"globalId":"system=pmo&id=PAY","relationship":"status","object":{"url":"https://pmo.example/PAY","title":"PMO","summary":"Amber"}}""");
        var second = await server.PostAsync(links, """{"globalId":"system=pmo&id=PAY","object":{"url":"https://pmo.example/PAY","title":"PMO 2"}}""");
        (first.Status, second.Status).ShouldBe((201, 200));
        second.Json["id"]!.GetValue<int>().ShouldBe(first.Json["id"]!.GetValue<int>());
        var told = await server.GetAsync(links + "?globalId=system%3Dpmo%26id%3DPAY");
        told.Json["object"]!["summary"].ShouldBeNull();
        told.Json["relationship"].ShouldBeNull();
        (await server.PostAsync(links, """{"object":{"url":"https://pmo.example"}}""")).Json["errors"]!["title"]!.ToString().ShouldBe("'title' is required.");
        (await server.GetAsync($"/rest/api/3/issue/{story.Key}/changelog")).Array("values").Single()!["items"]![0]!["field"]!.ToString().ShouldBe("RemoteIssueLink");
        (await server.DeleteAsync(links + "?globalId=system%3Dpmo%26id%3DPAY")).Status.ShouldBe(204);
        server.Notifications.Sent.ShouldBeEmpty();
    }

    private static IEnumerable<string> Acts(JiraServer server) => server.Notifications.Sent.Select(n => n.Act);
}
