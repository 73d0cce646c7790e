using System.Globalization;
using System.Text.Json.Nodes;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

/// <summary>The ways to a site, and what a site shows whom.</summary>
public sealed class JiraAccessTests
{
    private const string Myself = "/rest/api/3/myself";

    [Fact]
    public async Task A_token_with_scopes_is_taken_by_the_gateway_only()
    {
        await using var server = await JiraServer.CloudAsync();
        var gateway = await GatewayAsync(server);
        server.Jira.Switches = new() { ScopedToken = true };

        var refused = await server.GetAsync(Myself);
        refused.Status.ShouldBe(401);
        refused.Headers["X-Seraph-LoginReason"].ShouldBe("AUTHENTICATED_FAILED");
        (await server.GetAsync(gateway + Myself)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_gateway_knows_no_other_site()
    {
        await using var server = await JiraServer.CloudAsync();

        (await server.GetAsync("/ex/jira/00000000-0000-0000-0000-000000000000" + Myself)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_told_apart_from_a_bad_token()
    {
        await using var server = await JiraServer.CloudAsync();
        var gateway = await GatewayAsync(server);
        server.Jira.Switches = new() { Scopes = ["read:jira-work"] };

        (await server.GetAsync(gateway + "/rest/api/3/field")).Status.ShouldBe(200);
        var refused = await server.GetAsync(gateway + "/rest/agile/1.0/board");
        refused.Status.ShouldBe(401);
        refused.Text.ShouldContain("scope does not match");
    }

    [Fact]
    public async Task Client_credentials_give_an_access_token_that_ends()
    {
        await using var server = await JiraServer.CloudAsync();
        var gateway = await GatewayAsync(server);
        var given = (await server.SendAsync("POST", "/oauth/token", $$"""{"grant_type":"client_credentials","client_id":"pmo","client_secret":"{{JiraServer.Token}}"}""", "")).Json;
        var bearer = "Bearer " + given["access_token"];

        var site = (await server.SendAsync("GET", "/oauth/token/accessible-resources", null, bearer)).Json.AsArray().Single()!;
        $"/ex/jira/{site["id"]}".ShouldBe(gateway);
        (await server.SendAsync("GET", gateway + Myself, null, bearer)).Status.ShouldBe(200);
        (await server.SendAsync("GET", Myself, null, bearer)).Status.ShouldBe(401, "the site itself takes no access token");
        server.Clock.Advance(TimeSpan.FromSeconds(given["expires_in"]!.GetValue<int>()));
        (await server.SendAsync("GET", gateway + Myself, null, bearer)).Status.ShouldBe(401);
        (await server.SendAsync("POST", "/oauth/token", """{"grant_type":"client_credentials","client_id":"pmo","client_secret":"wrong"}""", "")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Data_center_tells_when_the_token_ends()
    {
        await using var server = await JiraServer.DataCenterAsync();
        server.Jira.Switches = new() { TokenExpires = new(2027, 1, 1) };

        (await server.GetAsync("/rest/pat/latest/tokens")).Json.AsArray().Single()!["expiringAt"]!.ToString().ShouldStartWith("2027-01-01");
    }

    [Fact]
    public async Task A_project_without_the_right_to_browse_is_as_if_it_did_not_exist()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        server.Jira.Switches = new() { Denied = new Dictionary<string, IReadOnlyList<string>> { ["PAY"] = ["BROWSE_PROJECTS"], ["OPS"] = ["ADD_COMMENTS"] } };

        (await server.GetAsync("/rest/api/3/project/PAY")).Status.ShouldBe(404);
        (await server.GetAsync($"/rest/api/3/issue/{story.Id}")).Status.ShouldBe(404);
        (await server.GetAsync("/rest/api/3/search/jql?jql=project%3DPAY")).Status.ShouldBe(400);
        (await server.GetAsync("/rest/api/3/project/search")).Array("values").Select(p => p!["key"]!.ToString()).ShouldBe(["OPS"]);
        var permissions = (await server.GetAsync("/rest/api/3/mypermissions?projectKey=OPS&permissions=ADD_COMMENTS,EDIT_ISSUES")).Json["permissions"]!;
        permissions["ADD_COMMENTS"]!["havePermission"]!.GetValue<bool>().ShouldBeFalse();
        permissions["EDIT_ISSUES"]!["havePermission"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_skewed_clock_shows_in_the_headers_and_in_what_the_server_says_of_itself()
    {
        await using var server = await JiraServer.CloudAsync();
        server.Jira.Switches = new() { ClockSkewSeconds = 600 };

        var answer = await server.GetAsync("/rest/api/3/serverInfo");
        DateTimeOffset.Parse(answer.Headers["Date"], CultureInfo.InvariantCulture).ShouldBe(server.Now.AddSeconds(600), TimeSpan.FromSeconds(1));
        DateTimeOffset.ParseExact(answer.Json["serverTime"]!.ToString(), "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture).ShouldBe(server.Now.AddSeconds(600), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_write_reaches_the_search_later_unless_the_issue_is_named()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        server.Jira.Switches = new() { SearchLagMilliseconds = 5000 };
        var old = team.Story();
        team.Change(old, server.Now.AddSeconds(-1), new ItemEdit(ItemField.Title, "Changed a second ago"));
        var fresh = team.Story(at: server.Now.AddSeconds(-1));

        (await FoundAsync(server, "")).ShouldBeEmpty();
        (await FoundAsync(server, $"&reconcileIssues={old.Id}&reconcileIssues={fresh.Id}")).ShouldBe([old.Id, fresh.Id]);
        (await server.GetAsync($"/rest/api/3/issue/{fresh.Id}")).Status.ShouldBe(200, "a single read never lags");
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        (await FoundAsync(server, "")).ShouldBe([old.Id, fresh.Id]);
    }

    [Theory]
    [InlineData("America/New_York", "2026/03/08 02:30", "2026-03-08T07:30:00Z")]
    [InlineData("America/New_York", "2026/11/01 01:30", "2026-11-01T06:30:00Z")]
    [InlineData("Asia/Kolkata", "2026/11/01 01:30", "2026-10-31T20:00:00Z")]
    [InlineData("Pacific/Chatham", "2026/09/27 03:00", "2026-09-26T14:15:00Z")]
    [InlineData("Australia/Lord_Howe", "2026/10/04 02:15", "2026-10-03T15:45:00Z")]
    [InlineData("Australia/Lord_Howe", "2026/04/05 01:45", "2026-04-04T15:15:00Z")]
    public async Task A_literal_means_the_callers_local_time_also_where_that_is_missing_or_twice_there(string zone, string literal, string instant)
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var limit = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
        var (before, at) = (team.Story(at: limit.AddMilliseconds(-1)), team.Story(at: limit));
        server.Jira.Switches = new() { ProfileTimeZone = zone };

        var found = (await server.GetAsync($"/rest/api/3/search/jql?jql={Uri.EscapeDataString($"created >= \"{literal}\"")}")).Array("issues");
        found.Select(i => i!["id"]!.ToString()).ShouldBe([at.Id], $"{before.Id} came a millisecond earlier");
    }

    [Fact]
    public async Task A_time_that_is_twice_there_can_mean_the_first()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var first = team.Story(at: new(2026, 11, 1, 5, 30, 0, TimeSpan.Zero));
        server.Jira.Switches = new() { ProfileTimeZone = "America/New_York", AmbiguousIsFirst = true };

        (await server.GetAsync($"/rest/api/3/search/jql?jql={Uri.EscapeDataString("created >= \"2026/11/01 01:30\"")}")).Array("issues").Single()!["id"]!.ToString().ShouldBe(first.Id);
    }

    [Fact]
    public async Task The_old_lists_of_a_board_answer_where_the_site_still_has_them()
    {
        await using var server = await JiraServer.CloudAsync();
        new JiraTeam(server).Story();
        const string path = "/rest/agile/1.0/board/1/issue?startAt=0";
        (await server.GetAsync(path)).Status.ShouldBe(410);
        server.Jira.Switches = new() { OldBoardLists = true };

        (await server.GetAsync(path)).Json["total"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_issue_is_created_and_moved_through_its_workflow(bool cloud)
    {
        await using var server = await (cloud ? JiraServer.CloudAsync() : JiraServer.DataCenterAsync());
        _ = new JiraTeam(server);
        var api = cloud ? "/rest/api/3" : "/rest/api/2";
        var created = await server.PostAsync($"{api}/issue", """{"fields":{"project":{"key":"PAY"},"issuetype":{"name":"Story"},"summary":"New","labels":["a"]}}""");
        created.Status.ShouldBe(201, created.Text);
        var issue = $"{api}/issue/{created.Json["key"]}";
        var done = (await server.GetAsync($"{issue}/transitions")).Array("transitions").Single(t => t!["to"]!["name"]!.ToString() == "Done")!;
        (await server.PostAsync($"{issue}/transitions", $$$"""{"transition":{"id":"{{{done["id"]}}}"}}""")).Status.ShouldBe(204);

        var now = (await server.GetAsync($"{issue}?expand=changelog")).Json;
        now["fields"]!["status"]!["name"]!.ToString().ShouldBe("Done");
        now["fields"]!["labels"]!.AsArray().Single()!.ToString().ShouldBe("a");
        now["changelog"]!["histories"]!.AsArray().Count.ShouldBe(1, "what an issue is created with is no change");
        (await server.PostAsync($"{issue}/transitions", """{"transition":{"id":"999"}}""")).Status.ShouldBe(400);
    }

    private static async Task<string> GatewayAsync(JiraServer server) =>
        "/ex/jira/" + (await server.SendAsync("GET", "/_edge/tenant_info", null, "")).Json["cloudId"];

    private static async Task<IEnumerable<string>> FoundAsync(JiraServer server, string more)
    {
        var jql = Uri.EscapeDataString("updated >= \"-1m\" ORDER BY id");
        return (await server.GetAsync($"/rest/api/3/search/jql?jql={jql}{more}")).Array("issues").OfType<JsonNode>().Select(i => i["id"]!.ToString());
    }
}
