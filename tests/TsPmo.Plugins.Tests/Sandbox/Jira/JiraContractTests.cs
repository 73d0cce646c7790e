using System.Text.RegularExpressions;
using TsPmo.Sandbox.Jira;
using TsPmo.Sandbox.World;
using TsPmo.Testing;
using TsPmo.Testing.Contracts;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

/// <summary>Asks the stand-ins for everything once and holds each answer against the vendor's document.</summary>
public sealed class JiraContractTests
{
    private const string Document = """{"body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"On track"}]}]}}""";

    [Fact(Skip = "The vendors' documents are not beside this repository.", SkipWhen = nameof(Optional.LacksShared), SkipType = typeof(Optional))]
    public async Task Every_answer_of_the_cloud_is_as_declared()
    {
        await using var server = await JiraServer.CloudAsync();
        await PlatformAsync(server, "/rest/api/3", Document);
        await CloudOnlyAsync(server);
        await AgileAsync(server);

        Differences(server).ShouldBeEmpty();
    }

    [Fact(Skip = "The vendors' documents are not beside this repository.", SkipWhen = nameof(Optional.LacksShared), SkipType = typeof(Optional))]
    public async Task Every_answer_of_Data_Center_is_as_declared()
    {
        await using var server = await JiraServer.DataCenterAsync();
        await PlatformAsync(server, "/rest/api/2", """{"body":"On track"}""");
        await server.GetAsync("/rest/api/2/search?jql=project%3DPAY&expand=changelog&fields=*all");
        await server.PostAsync("/rest/api/2/search", """{"jql":"project = PAY","expand":["names","schema"]}""");
        await server.GetAsync("/rest/api/2/project");
        await AgileAsync(server);

        Differences(server).ShouldBeEmpty();
    }

    private static async Task PlatformAsync(JiraServer server, string api, string comment)
    {
        var key = Seed(server);
        foreach (var path in new[] { "serverInfo", "myself", server.Jira is JiraCloudStandIn ? "mypermissions?permissions=BROWSE_PROJECTS" : "mypermissions", "field", "status", "status/Done", "statuscategory", "issuetype", "priority", "resolution", "issueLinkType", "configuration" })
            await server.GetAsync($"{api}/{path}");
        foreach (var path in new[] { "", "/statuses", "/versions", "/version", "/components", "/properties" })
            await server.GetAsync($"{api}/project/PAY{path}");
        await server.GetAsync($"{api}/version/10000");
        await server.GetAsync($"{api}/version/10000/relatedIssueCounts");
        await server.GetAsync($"{api}/version/10000/unresolvedIssueCount");
        var issue = $"{api}/issue/{key}";
        var created = await server.PostAsync(issue + "/comment", comment);
        await server.PutAsync($"{issue}/comment/{created.Json["id"]}?notifyUsers=false", comment);
        await server.PutAsync($"{api}/comment/{created.Json["id"]}/properties/pmo", "{\"a\":1}");
        await server.GetAsync($"{api}/comment/{created.Json["id"]}/properties");
        await server.PutAsync(issue + "/properties/pmo", "\"text\"");
        await server.PostAsync(issue + "/remotelink", """{"globalId":"g","object":{"url":"https://pmo.example","title":"PMO"}}""");
        await server.PutAsync(issue + "?notifyUsers=false", """{"update":{"labels":[{"add":"pmo"}]}}""");
        foreach (var path in new[] { "?expand=changelog", "/comment", "/properties", "/properties/pmo", "/remotelink", "/editmeta", "/worklog" })
            await server.GetAsync(issue + path);
        await server.GetAsync($"{api}/worklog/updated?since=0");
        await server.GetAsync($"{api}/worklog/deleted?since=0");
        await server.PostAsync($"{api}/worklog/list", """{"ids":[10100]}""");
        await server.DeleteAsync($"{issue}/comment/{created.Json["id"]}");
        await server.DeleteAsync(issue + "/remotelink?globalId=g");
        await server.DeleteAsync(issue + "/properties/pmo");
    }

    private static async Task CloudOnlyAsync(JiraServer server)
    {
        const string api = "/rest/api/3";
        await server.PostAsync(api + "/search/jql", """{"jql":"project = PAY ORDER BY id","fields":["*all"],"expand":"changelog,names,schema","maxResults":1}""");
        await server.GetAsync(api + "/search/jql?jql=project%3DPAY");
        await server.GetAsync(api + "/search/jql?jql=nonsense");
        await server.PostAsync(api + "/search/approximate-count", """{"jql":"project = PAY"}""");
        await server.PostAsync(api + "/issue/bulkfetch", """{"issueIdsOrKeys":["10001","10002"],"expand":["changelog"]}""");
        await server.PostAsync(api + "/changelog/bulkfetch", """{"issueIdsOrKeys":["10001","10002"],"maxResults":2}""");
        foreach (var path in new[] { "issue/PAY-2/changelog", "project/search", "project/PAY/version?expand=issuesstatus", "users/search", "user/search?query=mia", "priority/search", "resolution/search" })
            await server.GetAsync($"{api}/{path}");
        var account = (await server.GetAsync(api + "/myself")).Json["accountId"];
        await server.GetAsync($"{api}/user?accountId={account}");
        await server.GetAsync($"{api}/user/bulk?accountId={account}");
        await server.GetAsync("/rest/software/1.0/sprint/1/issue");
        await server.GetAsync("/rest/software/1.0/board/1/backlog");
        await server.GetAsync("/rest/software/1.0/board/1/issue/approximate-count");
    }

    private static async Task AgileAsync(JiraServer server)
    {
        const string agile = "/rest/agile/1.0";
        await server.PutAsync(agile + "/board/1/properties/pmo", "{\"a\":1}");
        foreach (var path in new[] { "board", "board/1", "board/1/configuration", "board/2/configuration", "board/1/sprint", "board/2/sprint", "sprint/1", "board/1/properties", "board/9" })
            await server.GetAsync($"{agile}/{path}");
    }

    private static string Seed(JiraServer server)
    {
        var team = new JiraTeam(server);
        var epic = team.Create(new("PAY", "Epic", "Refunds", "To Do"));
        var story = team.Create(new("PAY", "Story", "Refund", "To Do")
        {
            Parent = epic.Id, Points = 3, Sprints = [team.First, team.Second], Versions = [team.Version], Labels = ["a"], Assignee = team.Noa, Blocked = true,
            Priority = "High", EstimateHours = 8, RemainingHours = 4, PlannedStart = new(2026, 11, 2), PlannedFinish = new(2026, 11, 20),
        });
        team.Create(new("PAY", "Sub-task", "Test", "Done") { Parent = story.Id });
        var later = JiraTeam.Start.AddHours(1);
        server.Jira.LogWork(later, team.Mia, story.Id, later, 2);
        server.Jira.AddLink(later, team.Mia, new(story.Id, "blocks", epic.Id));
        team.Change(story, later, new(ItemField.Status, "Done"), new(ItemField.Blocked, false), new(ItemField.Versions, Array.Empty<string>()));
        return story.Key;
    }

    /// <summary>What differs, without the places where the documents are known to be wrong.</summary>
    private static List<string> Differences(JiraServer server)
    {
        var check = ContractCheck.Load(ContractCheck.Folder!);
        return [.. server.Exchanges.SelectMany(check.Compare).Select(d => d.ToString()).Distinct().Where(d => !Known().Any(k => Regex.IsMatch(d, k)))];
    }

    /// <summary>Where the documents leave out or misname what the wire is known to carry.</summary>
    private static string[] Known() =>
    [
        @"histories\[\]\.items\[\]\.(from|fromString|to|toString): null is not allowed$",
        @"(changeHistories|values)\[\]\.items\[\]\.(from|fromString|to|toString): null is not allowed$",
        @"request PUT .*/properties/\{propertyKey\} body: is not declared$",
        @"^dc answer POST /api/2/issue/\{issueIdOrKey\}/remotelink status: 201 is not declared$",
        @"^dc request PUT /api/2/issue/\{issueIdOrKey\}/comment/\{id\} \?notifyUsers: is not declared$",
        @"^dc answer POST /api/2/worklog/list body: is Array .* declared ""object""$",
        @"^dc request GET /api/2/search \?expand: is String .* declared ""object""$",
    ];
}
