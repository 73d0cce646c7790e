using System.Text.Json.Nodes;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

/// <summary>Moves, other names and lost sight, as their readers meet them.</summary>
public sealed class JiraRareActsTests
{
    private static readonly DateTimeOffset Then = JiraTeam.Start.AddDays(2);

    [Fact]
    public async Task A_moved_issue_keeps_its_id_and_is_found_under_its_old_key_too()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Change(story, Then, new ItemEdit(ItemField.Project, "OPS"));

        var moved = (await server.GetAsync($"/rest/api/3/issue/{story.Key}?fields=project")).Json;
        moved["id"]!.ToString().ShouldBe(story.Id);
        moved["key"]!.ToString().ShouldBe("OPS-1");
        var items = (await server.GetAsync($"/rest/api/3/issue/{story.Id}/changelog")).Array("values").Single()!["items"]!.AsArray();
        items.Select(i => $"{i!["field"]}:{i["fromString"]}>{i["toString"]}").ShouldBe(["project:Payments>Operations", $"Key:{story.Key}>OPS-1"]);
    }

    [Fact]
    public async Task A_renamed_status_changes_no_issue_and_no_history()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Change(story, Then, new ItemEdit(ItemField.Status, "In Progress"));
        var before = (await server.GetAsync($"/rest/api/3/issue/{story.Id}?fields=updated,status")).Json["fields"]!;
        server.Jira.RenameStatus("In Progress", "Doing");

        var after = (await server.GetAsync($"/rest/api/3/issue/{story.Id}?fields=updated,status")).Json["fields"]!;
        after["updated"]!.ToString().ShouldBe(before["updated"]!.ToString());
        after["status"]!["id"]!.ToString().ShouldBe(before["status"]!["id"]!.ToString());
        after["status"]!["name"]!.ToString().ShouldBe("Doing");
        var item = (await server.GetAsync($"/rest/api/3/issue/{story.Id}/changelog")).Array("values").Single()!["items"]![0]!;
        item["toString"]!.ToString().ShouldBe("In Progress");
    }

    [Fact]
    public async Task A_renamed_person_keeps_the_account()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        server.Jira.RenamePerson(team.Mia, "Mia Keller");

        (await server.GetAsync($"/rest/api/3/user?accountId={team.Mia}")).Json["displayName"]!.ToString().ShouldBe("Mia Keller");
    }

    [Theory]
    [InlineData(true, 404)]
    [InlineData(false, 403)]
    public async Task A_hidden_issue_is_in_no_list_and_answers_as_its_edition_does(bool cloud, int status)
    {
        await using var server = await (cloud ? JiraServer.CloudAsync() : JiraServer.DataCenterAsync());
        var team = new JiraTeam(server);
        var (seen, hidden) = (team.Story(), team.Story());
        server.Jira.ShowItem(Then, team.Noa, hidden.Id, visible: false, HidingWay.Permission);

        var api = cloud ? "/rest/api/3" : "/rest/api/2";
        (await server.GetAsync($"{api}/issue/{hidden.Id}")).Status.ShouldBe(status);
        (await FoundAsync(server, cloud)).ShouldBe([seen.Id]);
        server.Jira.ShowItem(Then, team.Noa, hidden.Id, visible: true, HidingWay.Permission);
        (await FoundAsync(server, cloud)).ShouldBe([seen.Id, hidden.Id]);
    }

    [Theory]
    [InlineData(HidingWay.Permission, false)]
    [InlineData(HidingWay.SecurityLevel, true)]
    public async Task Only_a_security_level_moves_the_last_update(HidingWay way, bool moves)
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        var before = (await server.GetAsync($"/rest/api/3/issue/{story.Id}?fields=updated")).Text;
        server.Jira.ShowItem(Then, team.Noa, story.Id, visible: false, way);
        server.Jira.ShowItem(Then.AddMinutes(1), team.Noa, story.Id, visible: true, way);

        ((await server.GetAsync($"/rest/api/3/issue/{story.Id}?fields=updated")).Text != before).ShouldBe(moves);
    }

    [Fact]
    public async Task The_bulk_calls_leave_hidden_issues_out()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Rename(story, 2);
        server.Jira.ShowItem(Then, team.Noa, story.Id, visible: false, HidingWay.Permission);

        var body = $"{{\"issueIdsOrKeys\":[\"{story.Id}\"]}}";
        (await server.PostAsync("/rest/api/3/issue/bulkfetch", body)).Array("issues").ShouldBeEmpty();
        (await server.PostAsync("/rest/api/3/changelog/bulkfetch", body)).Array("issueChangeLogs").ShouldBeEmpty();
    }

    private static async Task<IEnumerable<string>> FoundAsync(JiraServer server, bool cloud)
    {
        var jql = Uri.EscapeDataString("project = PAY ORDER BY id");
        var answer = await server.GetAsync(cloud ? $"/rest/api/3/search/jql?jql={jql}" : $"/rest/api/2/search?jql={jql}");
        return answer.Array("issues").OfType<JsonNode>().Select(i => i["id"]!.ToString());
    }
}
