using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

public sealed class JiraSearchTests
{
    private const string Search = "/rest/api/3/search/jql";

    [Fact]
    public async Task The_cloud_tells_ids_only_unless_fields_are_named()
    {
        await using var server = await JiraServer.CloudAsync();
        var story = new JiraTeam(server).Story();

        var answer = await server.GetAsync(Search + "?jql=project%3DPAY");
        answer.Json.ToJsonString().ShouldBe($$"""{"issues":[{"id":"{{story.Id}}"}],"isLast":true}""");
        var named = await server.PostAsync(Search, """{"jql":"project = PAY","fields":["summary"]}""");
        named.Array("issues")[0]!["fields"]!.ToJsonString().ShouldBe("""{"summary":"Refund a payment"}""");
        named.Array("issues")[0]!["key"]!.ToString().ShouldBe("PAY-1");
    }

    [Fact]
    public async Task Following_the_token_gives_every_issue_once_though_pages_are_short()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var created = Enumerable.Range(0, 330).Select(_ => team.Story().Id).ToList();

        var (ids, sizes) = await AllAsync(server, "project = PAY ORDER BY id ASC", "summary", 1000);
        ids.ShouldBe(created);
        sizes.ShouldAllBe(size => size <= 100);
        sizes[..^1].ShouldContain(size => size < 100);
        (await AllAsync(server, "project = PAY ORDER BY id ASC", "id", 5000)).Sizes.ShouldBe([330]);
    }

    [Fact]
    public async Task An_issue_is_found_by_its_number_and_a_number_in_quotes_is_taken_for_a_key()
    {
        await using var server = await JiraServer.CloudAsync();
        var story = new JiraTeam(server).Story();
        (await server.GetAsync($"{Search}?jql=id%20in%20({story.Id})")).Array("issues").Count.ShouldBe(1);
        var refused = await server.GetAsync($"{Search}?jql=id%20in%20(%22{story.Id}%22)");
        refused.Status.ShouldBe(400);
        refused.Error!.ShouldBe($"An issue with key '{story.Id}' does not exist for field 'id'.");
    }

    [Fact]
    public async Task An_issue_deleted_between_two_pages_shifts_nothing()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var created = Enumerable.Range(0, 20).Select(_ => team.Story()).ToList();

        var first = await server.GetAsync(Search + "?jql=project%3DPAY+ORDER+BY+id&maxResults=10");
        server.Jira.DeleteItem(server.Now, team.Mia, created[2].Id);
        var second = await server.GetAsync($"{Search}?jql=project%3DPAY+ORDER+BY+id&maxResults=10&nextPageToken={Uri.EscapeDataString(first.Json["nextPageToken"]!.ToString())}");
        second.Array("issues").Select(i => i!["id"]!.ToString()).ShouldBe(created[10..].Select(c => c.Id));
    }

    [Fact]
    public async Task An_unbounded_query_and_the_removed_search_are_refused()
    {
        await using var server = await JiraServer.CloudAsync();
        (await server.GetAsync(Search + "?jql=ORDER+BY+id")).Error!.ShouldStartWith("Unbounded JQL queries are not allowed here.");
        (await server.PostAsync("/rest/api/3/search/approximate-count", """{"jql":""}""")).Status.ShouldBe(400);
        (await server.GetAsync("/rest/api/3/search?jql=project%3DPAY")).Status.ShouldBe(410);
        (await server.PostAsync("/rest/api/2/search", """{"jql":"project = PAY"}""")).Status.ShouldBe(410);
    }

    [Theory]
    [InlineData("project = NOPE", "The value 'NOPE' does not exist for the field 'project'.")]
    [InlineData("velocity > 3", "Field 'velocity' does not exist or you do not have permission to view it.")]
    [InlineData("key = PAY-99", "An issue with key 'PAY-99' does not exist for field 'key'.")]
    [InlineData("updated >= \"2026-11-24T10:00\"", "Date value '2026-11-24T10:00' for field 'updated' is invalid.")]
    [InlineData("project = PAY AND", "Error in the JQL Query: Expecting a field name before the end of the query.")]
    [InlineData("project PAY", "Error in the JQL Query: Expecting an operator but got 'PAY'. (line 1, character 9)")]
    [InlineData("project = PAY ORDER BY id, key, created, updated, status, priority, due, rank", "JQL can be ordered by at most 7 fields.")]
    public async Task What_it_does_not_understand_is_refused_in_Jiras_words(string jql, string message)
    {
        await using var server = await JiraServer.CloudAsync();
        _ = new JiraTeam(server);
        var answer = await server.PostAsync(Search, JsonSerializer.Serialize(new { jql }));
        answer.Status.ShouldBe(400);
        answer.Error!.ShouldStartWith(message);
    }

    [Theory]
    [InlineData("project in (PAY, OPS)", "1 2 3 4")]
    [InlineData("project = Payments AND issuetype != Bug", "1 2")]
    [InlineData("NOT (project = OPS OR type = Bug)", "1 2")]
    [InlineData("status = \"In Progress\"", "2")]
    [InlineData("statusCategory in (\"To Do\", Done)", "1 3 4")]
    [InlineData("labels = urgent", "1")]
    [InlineData("labels is EMPTY", "2 3 4")]
    [InlineData("labels != urgent", "")]
    [InlineData("sprint in openSprints()", "2")]
    [InlineData("sprint = 1", "2")]
    [InlineData("parent = PAY-1", "2")]
    [InlineData("assignee is not EMPTY OR key = OPS-1", "2 4")]
    [InlineData("id in (10001, 10003) ORDER BY id DESC", "3 1")]
    public async Task Clauses_find_what_they_say(string jql, string expected)
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var epic = team.Create(new("PAY", "Epic", "Refunds", "To Do") { Labels = ["urgent", "cash"] });
        team.Create(new("PAY", "Story", "Refund a payment", "In Progress") { Parent = epic.Id, Assignee = team.Noa, Sprints = [team.First, team.Second] });
        team.Create(new("PAY", "Bug", "Refund fails", "Done"));
        team.Create(new("OPS", "Story", "Replace switch", "To Do"));

        var ordered = jql.Contains("ORDER", StringComparison.Ordinal) ? jql : jql + " ORDER BY created, id";
        var answer = await server.PostAsync(Search, JsonSerializer.Serialize(new { jql = ordered }));
        string.Join(' ', answer.Array("issues").Select(i => i!["id"]!.ToString()[^1..])).ShouldBe(expected);
    }

    [Fact]
    public async Task A_date_is_read_in_the_callers_zone_and_to_the_minute()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        team.Story(at: new(2026, 11, 24, 8, 59, 59, TimeSpan.Zero));
        var inMinute = team.Story(at: new(2026, 11, 24, 9, 0, 0, 1, TimeSpan.Zero));

        async Task<IEnumerable<string>> FoundAsync(string clause) =>
            (await server.PostAsync(Search, JsonSerializer.Serialize(new { jql = clause }))).Array("issues").Select(i => i!["id"]!.ToString());
        (await FoundAsync("updated >= '2026/11/24 10:00'")).ShouldBe([inMinute.Id]);
        (await FoundAsync("updated > '2026-11-24 10:01'")).ShouldBeEmpty();
        (await FoundAsync("updated >= -31m")).Count().ShouldBe(2);
        (await FoundAsync("updated >= -30m")).ShouldBeEmpty();
        server.Jira.Switches = new() { ProfileTimeZone = "America/New_York" };
        (await FoundAsync("updated >= '2026/11/24 04:00'")).ShouldBe([inMinute.Id]);
    }

    [Fact]
    public async Task Data_Center_pages_by_position_and_echoes_the_cap_it_applied()
    {
        await using var server = await JiraServer.DataCenterAsync();
        var team = new JiraTeam(server);
        for (var count = 0; count < 130; count++)
            team.Story();

        var answer = await server.PostAsync("/rest/api/2/search", """{"jql":"project = PAY ORDER BY id","startAt":100,"maxResults":5000,"fields":["summary"],"expand":["names"]}""");
        answer.Json["total"]!.GetValue<int>().ShouldBe(130);
        answer.Json["maxResults"]!.GetValue<int>().ShouldBe(1000);
        answer.Array("issues").Count.ShouldBe(30);
        answer.Json["names"]!["summary"]!.ToString().ShouldBe("Summary");
        var expanded = await server.GetAsync("/rest/api/2/search?jql=&maxResults=1000&expand=changelog&fields=id");
        expanded.Json["maxResults"]!.GetValue<int>().ShouldBe(100);
    }

    private static async Task<(List<string> Ids, List<int> Sizes)> AllAsync(JiraServer server, string jql, string fields, int maxResults)
    {
        var (ids, sizes, token) = (new List<string>(), new List<int>(), (string?)null);
        do
        {
            var body = new JsonObject { ["jql"] = jql, ["fields"] = new JsonArray(fields), ["maxResults"] = maxResults, ["nextPageToken"] = token };
            var answer = await server.PostAsync(Search, body.ToJsonString());
            answer.Json["total"].ShouldBeNull();
            ids.AddRange(answer.Array("issues").Select(i => i!["id"]!.ToString()));
            sizes.Add(answer.Array("issues").Count);
            token = answer.Json["nextPageToken"]?.ToString();
            answer.Json["isLast"]!.GetValue<bool>().ShouldBe(token is null);
        }
        while (token is not null);
        return (ids, sizes);
    }
}
