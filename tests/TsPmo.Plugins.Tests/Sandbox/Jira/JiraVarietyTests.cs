using System.Text.Json.Nodes;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

/// <summary>Sites that are not set up like the first one a developer sees: another language, team-managed projects, service desks, other estimates.</summary>
public sealed class JiraVarietyTests
{
    private static readonly StatusSpec[] Workflow = [new("To Do", TruthState.ToDo), new("In Progress", TruthState.InProgress), new("Done", TruthState.Done)];

    [Fact]
    public async Task A_german_site_has_german_names_and_the_same_keys()
    {
        await using var server = await JiraServer.CloudAsync();
        var story = new JiraTeam(server).Story();
        server.Jira.Switches = new() { German = true };

        var status = (await server.GetAsync($"/rest/api/3/issue/{story.Id}")).Json["fields"]!["status"]!;
        status["name"]!.ToString().ShouldBe("Zu erledigen");
        status["statusCategory"]!["key"]!.ToString().ShouldBe("new");
        status["statusCategory"]!["name"]!.ToString().ShouldBe("Zu erledigen");
        var flagged = (await server.GetAsync("/rest/api/3/field")).Json.AsArray().Single(f => f!["name"]!.ToString() == "Markiert")!;
        flagged["untranslatedName"]!.ToString().ShouldBe("Flagged");
    }

    [Fact]
    public async Task A_german_cloud_tells_histories_in_german_with_the_same_ids_of_fields()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Change(story, JiraTeam.Start.AddHours(1), new ItemEdit(ItemField.Project, "OPS"));
        server.Jira.Switches = new() { German = true };

        var items = (await server.GetAsync($"/rest/api/3/issue/{story.Id}?expand=changelog")).Json["changelog"]!["histories"]![0]!["items"]!.AsArray();
        items.Select(i => $"{i!["field"]} {i["fieldId"]}").ShouldBe(["Projekt project", "Schlüssel issuekey"]);
    }

    [Fact]
    public async Task A_team_managed_project_has_statuses_and_fields_of_its_own_that_are_called_like_others()
    {
        await using var server = await JiraServer.CloudAsync();
        _ = new JiraTeam(server);
        server.Jira.AddProject(new("NEW", "Novelty", "Scrum", [new("Story", "Story", Workflow)], TeamManaged: true));

        var project = (await server.GetAsync("/rest/api/3/project/NEW")).Json;
        project["style"]!.ToString().ShouldBe("next-gen");
        project["simplified"]!.GetValue<bool>().ShouldBeTrue();
        (await server.GetAsync("/rest/agile/1.0/board?projectKeyOrId=NEW")).Array("values").Single()!["type"]!.ToString().ShouldBe("simple");
        var statuses = (await server.GetAsync("/rest/api/3/status")).Json.AsArray().Where(s => s!["name"]!.ToString() == "To Do").ToList();
        statuses.Count.ShouldBe(2);
        statuses.Single(s => s!["scope"] is not null)!["scope"]!["project"]!["id"]!.ToString().ShouldBe(project["id"]!.ToString());
        var dates = (await server.GetAsync("/rest/api/3/field")).Json.AsArray().Where(f => f!["name"]!.ToString() == "Start date").ToList();
        dates.Count.ShouldBe(2);
        dates.Count(f => f!["scope"] is not null).ShouldBe(1);
    }

    [Fact]
    public async Task An_issue_that_moves_into_a_team_managed_project_gets_that_projects_status_and_type()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        server.Jira.AddProject(new("NEW", "Novelty", "Scrum", [new("Story", "Story", Workflow)], TeamManaged: true));
        var story = team.Story();
        team.Change(story, JiraTeam.Start.AddDays(1), new ItemEdit(ItemField.Project, "NEW"));

        var issue = (await server.GetAsync($"/rest/api/3/issue/{story.Id}?expand=changelog")).Json;
        issue["fields"]!["status"]!["scope"].ShouldNotBeNull();
        issue["fields"]!["issuetype"]!["scope"].ShouldNotBeNull();
        var moved = issue["changelog"]!["histories"]!.AsArray().Single()!["items"]!.AsArray().ToDictionary(i => i!["field"]!.ToString());
        foreach (var kept in (ReadOnlySpan<string>)["status", "issuetype"])
        {
            moved[kept]!["fromString"]!.ToString().ShouldBe(moved[kept]!["toString"]!.ToString());
            moved[kept]!["from"]!.ToString().ShouldNotBe(moved[kept]!["to"]!.ToString());
        }
    }

    [Theory]
    [InlineData("timeoriginalestimate", "field", "timeoriginalestimate")]
    [InlineData("issueCount", "issueCount", null)]
    [InlineData(null, "field", "customfield_10016")]
    public async Task A_board_estimates_as_it_is_set_up(string? way, string type, string? field)
    {
        await using var server = await JiraServer.CloudAsync();
        _ = new JiraTeam(server);
        if (way is not null)
            server.Jira.Switches = new() { Estimation = new Dictionary<string, string> { ["PAY"] = way } };

        var estimation = (await server.GetAsync("/rest/agile/1.0/board/1/configuration")).Json["estimation"]!;
        estimation["type"]!.ToString().ShouldBe(type);
        estimation["field"]?["fieldId"]?.ToString().ShouldBe(field);
    }

    [Fact]
    public async Task Initiatives_stand_above_epics()
    {
        await using var server = await JiraServer.CloudAsync();
        server.Jira.AddProject(new("TOP", "Top", "Kanban", [new("Initiative", "Initiative", Workflow), new("Epic", "Epic", Workflow)]));

        var levels = (await server.GetAsync("/rest/api/3/issuetype")).Json.AsArray().Select(t => t!["hierarchyLevel"]!.GetValue<int>());
        levels.ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_service_desk_tells_request_types_and_keeps_internal_comments_from_customers()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        (await FieldAsync(server)).ShouldBeNull("no service desk, no request type");
        server.Jira.AddProject(new("HELP", "Help", "Service", [new("Incident", "Incident", Workflow)]));
        var incident = team.Create(new("HELP", "Incident", "Down", "To Do"));

        (await server.GetAsync("/rest/api/3/project/HELP")).Json["projectTypeKey"]!.ToString().ShouldBe("service_desk");
        var desk = (await server.GetAsync("/rest/servicedeskapi/servicedesk")).Array("values").Single()!["id"];
        var type = (await server.GetAsync($"/rest/servicedeskapi/servicedesk/{desk}/requesttype")).Array("values").Single()!;
        type["practice"]!.ToString().ShouldBe("incidents");
        var value = (await server.GetAsync($"/rest/api/3/issue/{incident.Id}")).Json["fields"]![(await FieldAsync(server))!]!;
        value["requestType"]!["id"]!.ToString().ShouldBe(type["id"]!.ToString());

        const string text = """{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"x"}]}]}""";
        var comment = await server.PostAsync($"/rest/api/3/issue/{incident.Id}/comment", $$$"""{"body":{{{text}}},"properties":[{"key":"sd.public.comment","value":{"internal":true}}]}""");
        comment.Json["jsdPublic"]!.GetValue<bool>().ShouldBeFalse();
    }

    private static async Task<string?> FieldAsync(JiraServer server) => (await server.GetAsync("/rest/api/3/field")).Json.AsArray().OfType<JsonNode>()
        .SingleOrDefault(f => f["schema"]?["custom"]?.ToString() == "com.atlassian.servicedesk:vp-origin")?["id"]?.ToString();
}
