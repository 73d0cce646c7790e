namespace TsPmo.Plugins.Tests.Sandbox.Jira;

public sealed class JiraSignInTests
{
    [Fact]
    public async Task A_wrong_token_is_refused_with_plain_text_in_the_cloud()
    {
        await using var server = await JiraServer.CloudAsync();
        var answer = await server.SendAsync("GET", "/rest/api/3/search/jql?jql=project%3DPAY", authorization: JiraServer.Basic(JiraServer.BotEmail, "stale"));

        answer.Status.ShouldBe(401);
        answer.Type.ShouldBe("text/plain");
        answer.Headers["X-Seraph-LoginReason"].ShouldBe("AUTHENTICATED_FAILED");
    }

    [Fact]
    public async Task Nobody_gets_an_empty_search_but_no_profile()
    {
        await using var server = await JiraServer.CloudAsync();
        new JiraTeam(server).Story();

        var search = await server.SendAsync("GET", "/rest/api/3/search/jql?jql=project%3DPAY", authorization: "");
        search.Status.ShouldBe(200);
        search.Array("issues").Count.ShouldBe(0);
        search.Json["isLast"]!.GetValue<bool>().ShouldBeTrue();
        (await server.SendAsync("GET", "/rest/api/3/myself", authorization: "")).Status.ShouldBe(401);
        (await server.SendAsync("GET", "/rest/api/3/issue/PAY-1", authorization: "")).Status.ShouldBe(404);
        (await server.SendAsync("GET", "/rest/api/3/serverInfo", authorization: "")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Data_Center_takes_a_bearer_token_or_basic_and_tells_its_rate_on_every_signed_answer()
    {
        await using var server = await JiraServer.DataCenterAsync();

        var bearer = await server.GetAsync("/rest/api/2/myself");
        bearer.Status.ShouldBe(200);
        bearer.Headers["X-RateLimit-Limit"].ShouldNotBeEmpty();
        bearer.Headers["Retry-After"].ShouldBe("0");
        bearer.Json["key"]!.ToString().ShouldBe("JIRAUSER10001");
        bearer.Json["accountId"].ShouldBeNull();
        (await server.SendAsync("GET", "/rest/api/2/myself", authorization: JiraServer.Basic("pmo-bot", JiraServer.Token))).Status.ShouldBe(200);

        var refused = await server.SendAsync("GET", "/rest/api/2/myself", authorization: "Bearer stale");
        refused.Status.ShouldBe(401);
        refused.Type.ShouldBe("text/html");
        refused.Headers.ContainsKey("X-RateLimit-Limit").ShouldBeFalse();
    }

    [Fact]
    public async Task The_server_says_which_edition_it_is_and_what_time_it_has()
    {
        await using var cloud = await JiraServer.CloudAsync();
        await using var dataCenter = await JiraServer.DataCenterAsync();

        var info = await cloud.GetAsync("/rest/api/3/serverInfo");
        info.Json["deploymentType"]!.ToString().ShouldBe("Cloud");
        info.Json["serverTime"]!.ToString().ShouldBe("2026-11-24T10:30:15.250+0100");
        info.Headers["Date"].ShouldBe("Tue, 24 Nov 2026 09:30:15 GMT");
        (await dataCenter.GetAsync("/rest/api/2/serverInfo")).Json["deploymentType"]!.ToString().ShouldBe("Server");
        (await dataCenter.GetAsync("/rest/api/2/serverInfo")).Json["baseUrl"]!.ToString().ShouldEndWith("/jira");
    }

    [Fact]
    public async Task A_hidden_email_is_not_told()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);

        var users = await server.GetAsync($"/rest/api/3/user/bulk?accountId={team.Mia}&accountId={team.Noa}");
        users.Array("values")[0]!["emailAddress"]!.ToString().ShouldBe("mia@acme.example");
        users.Array("values")[1]!["emailAddress"].ShouldBeNull();
        team.Mia.Length.ShouldBe(24);
    }

    [Fact]
    public async Task Permissions_must_be_named_in_the_cloud_and_follow_the_bots_role()
    {
        await using var server = await JiraServer.CloudAsync();
        _ = new JiraTeam(server);
        server.Jira.Switches = new() { BotIsAdministrator = false };

        (await server.GetAsync("/rest/api/3/mypermissions")).Status.ShouldBe(400);
        var answer = await server.GetAsync("/rest/api/3/mypermissions?permissions=BROWSE_PROJECTS,ADMINISTER_PROJECTS&projectKey=PAY");
        answer.Json["permissions"]!["BROWSE_PROJECTS"]!["havePermission"]!.GetValue<bool>().ShouldBeTrue();
        answer.Json["permissions"]!["ADMINISTER_PROJECTS"]!["havePermission"]!.GetValue<bool>().ShouldBeFalse();
    }
}
