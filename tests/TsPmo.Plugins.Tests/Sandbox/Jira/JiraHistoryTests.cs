using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

public sealed class JiraHistoryTests
{
    private static readonly DateTimeOffset _later = JiraTeam.Start.AddHours(2);

    [Fact]
    public async Task Creation_leaves_no_history_and_every_field_is_told_in_Jiras_form()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Create(new("PAY", "Story", "Refund", "To Do") { Points = 3, Sprints = [team.First], Versions = [team.Version], Labels = ["a"] });
        team.Change(story, _later,
            new(ItemField.Sprints, new[] { team.First, team.Second }), new(ItemField.Points, 5.5), new(ItemField.Versions, new[] { team.Later }),
            new(ItemField.Labels, new[] { "a", "b" }), new(ItemField.Blocked, true), new(ItemField.PlannedFinish, new DateOnly(2026, 11, 30)),
            new(ItemField.Assignee, team.Noa), new(ItemField.EstimateHours, 16d));

        var values = (await server.GetAsync($"/rest/api/3/issue/{story.Key}/changelog")).Array("values");
        values.Count.ShouldBe(1);
        values[0]!["created"]!.ToString().ShouldBe("2026-11-02T11:00:00.000+0100");
        Lines(values[0]!).ShouldBe(
        [
            "Sprint customfield_10020 custom: 1/PAY 1, hardening [gateway] -> 1, 2/PAY 1, hardening [gateway], PAY 2",
            "Story point estimate customfield_10016 custom: /3 -> /5.5",
            "Fix Version fixVersions jira: 10000/4.2 -> /",
            "Fix Version fixVersions jira: / -> 10001/4.3",
            "labels labels jira: /a -> /a b",
            "Flagged customfield_10021 custom: / -> [10019]/Impediment",
            "duedate duedate jira: / -> 2026-11-30/2026-11-30 00:00:00.0",
            $"assignee assignee jira: / -> {team.Noa}/Noa Nolan",
            "timeoriginalestimate timeoriginalestimate jira: / -> 57600/57600",
        ]);
    }

    [Fact]
    public async Task A_resolution_comes_with_a_done_status_and_goes_with_it()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Change(story, _later, new ItemEdit(ItemField.Status, "Done"));
        var done = await server.GetAsync($"/rest/api/3/issue/{story.Id}?fields=resolution,resolutiondate,status");
        team.Change(story, _later.AddHours(1), new ItemEdit(ItemField.Status, "In Progress"));

        done.Json["fields"]!["resolution"]!["name"]!.ToString().ShouldBe("Done");
        done.Json["fields"]!["resolutiondate"]!.ToString().ShouldBe("2026-11-02T11:00:00.000+0100");
        done.Json["fields"]!["status"]!["statusCategory"]!["key"]!.ToString().ShouldBe("done");
        var values = (await server.GetAsync($"/rest/api/3/issue/{story.Key}/changelog")).Array("values");
        Lines(values[0]!).ShouldBe(["status status jira: 10000/To Do -> 10002/Done", "resolution resolution jira: / -> 10000/Done"]);
        Lines(values[1]!).ShouldBe(["status status jira: 10002/Done -> 10001/In Progress", "resolution resolution jira: 10000/Done -> /"]);
        (await server.GetAsync($"/rest/api/3/issue/{story.Id}?fields=resolutiondate")).Json["fields"]!["resolutiondate"].ShouldBeNull();
    }

    [Fact]
    public async Task A_moved_issue_keeps_its_id_and_answers_to_its_old_key()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Change(story, _later, new ItemEdit(ItemField.Project, "OPS"));

        var moved = await server.GetAsync("/rest/api/3/issue/PAY-1?expand=changelog&fields=project");
        moved.Json["id"]!.ToString().ShouldBe(story.Id);
        moved.Json["key"]!.ToString().ShouldBe("OPS-1");
        Lines(moved.Json["changelog"]!["histories"]![0]!).ShouldBe(["project project jira: 10000/Payments -> 10001/Operations", "Key issuekey jira: /PAY-1 -> /OPS-1"]);
    }

    [Fact]
    public async Task Inside_an_issue_only_the_newest_forty_are_told_and_a_page_never_exceeds_a_hundred()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Rename(story, 130);

        var inline = (await server.PostAsync("/rest/api/3/issue/bulkfetch", $$"""{"issueIdsOrKeys":["{{story.Id}}"],"fields":["summary"],"expand":["changelog"]}""")).Array("issues")[0]!["changelog"]!;
        inline["total"]!.GetValue<int>().ShouldBe(130);
        inline["histories"]!.AsArray().Count.ShouldBe(40);
        inline["histories"]![0]!["items"]![0]!["toString"]!.ToString().ShouldBe("Title 130");
        var page = await server.GetAsync($"/rest/api/3/issue/{story.Id}/changelog?maxResults=1000");
        page.Json["maxResults"]!.GetValue<int>().ShouldBe(100);
        page.Json["isLast"]!.GetValue<bool>().ShouldBeFalse();
        page.Array("values")[0]!["items"]![0]!["toString"]!.ToString().ShouldBe("Title 1");
    }

    [Fact]
    public async Task The_bulk_call_splits_an_issue_over_pages_repeats_a_history_and_counts_in_milliseconds()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var stories = Enumerable.Range(0, 120).Select(_ => team.Story()).ToList();
        foreach (var story in stories)
            team.Rename(story, 4);

        var (seen, pages, token) = (new List<(string Issue, string History)>(), 0, (string?)null);
        do
        {
            var body = new JsonObject { ["issueIdsOrKeys"] = new JsonArray([.. stories.Select(s => (JsonNode)s.Id)]), ["nextPageToken"] = token };
            var answer = await server.PostAsync("/rest/api/3/changelog/bulkfetch", body.ToJsonString());
            answer.Array("issueChangeLogs").Count.ShouldBeLessThanOrEqualTo(50);
            seen.AddRange(answer.Array("issueChangeLogs").SelectMany(i => i!["changeHistories"]!.AsArray().Select(h => (i["issueId"]!.ToString(), h!["id"]!.ToString()))));
            answer.Array("issueChangeLogs")[0]!["changeHistories"]![0]!["created"]!.GetValueKind().ShouldBe(JsonValueKind.Number);
            token = answer.Json["nextPageToken"]?.ToString();
            pages++;
        }
        while (token is not null);
        pages.ShouldBe(3);
        seen.Count.ShouldBeGreaterThan(480);
        seen.Distinct().Count().ShouldBe(480);
    }

    [Fact]
    public async Task The_bulk_call_tells_only_the_fields_asked_for_and_has_limits()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Change(story, _later, new ItemEdit(ItemField.Status, "Done"), new ItemEdit(ItemField.Title, "New"));
        team.Rename(story, 1, _later);

        var answer = await server.PostAsync("/rest/api/3/changelog/bulkfetch", $$"""{"issueIdsOrKeys":["{{story.Key}}","404404"],"fieldIds":["status"]}""");
        var histories = answer.Array("issueChangeLogs").Single()!["changeHistories"]!.AsArray();
        Lines(histories.Single()!).ShouldBe(["status status jira: 10000/To Do -> 10002/Done"]);
        var many = JsonSerializer.Serialize(new { issueIdsOrKeys = Enumerable.Range(1, 1001).Select(i => $"{i}") });
        (await server.PostAsync("/rest/api/3/changelog/bulkfetch", many)).Status.ShouldBe(400);
        (await server.PostAsync("/rest/api/3/changelog/bulkfetch", """{"issueIdsOrKeys":["1"],"fieldIds":["1","2","3","4","5","6","7","8","9","10","11"]}""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Data_Center_tells_the_whole_history_oldest_first_without_field_ids()
    {
        await using var server = await JiraServer.DataCenterAsync();
        var team = new JiraTeam(server);
        var epic = team.Create(new("PAY", "Epic", "Refunds", "To Do"));
        var story = team.Story();
        team.Rename(story, 60);
        team.Change(story, _later, new ItemEdit(ItemField.Parent, epic.Id));

        var issue = (await server.GetAsync($"/rest/api/2/search?jql=id%3D{story.Id}&expand=changelog")).Array("issues")[0]!;
        var histories = issue["changelog"]!["histories"]!.AsArray();
        histories.Count.ShouldBe(61);
        histories[0]!["items"]![0]!["toString"]!.ToString().ShouldBe("Title 1");
        histories[0]!["items"]![0]!["fieldId"].ShouldBeNull();
        histories[0]!["author"]!["key"]!.ToString().ShouldBe(team.Mia);
        Lines(histories[60]!).ShouldBe([$"Epic Link  custom: / -> {epic.Id}/{epic.Key}"]);
        issue["fields"]!["customfield_10108"]!.ToString().ShouldBe(epic.Key);
        (await server.GetAsync($"/rest/api/2/issue/{story.Key}/changelog")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Links_are_told_at_both_ends_and_move_both_updates()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var (blocker, blocked) = (team.Story("Blocker"), team.Story("Blocked"));
        server.Jira.AddLink(_later, team.Mia, new(blocker.Id, "blocks", blocked.Id));

        var far = await server.GetAsync($"/rest/api/3/issue/{blocked.Id}?fields=issuelinks,updated&expand=changelog");
        far.Json["fields"]!["issuelinks"]![0]!["inwardIssue"]!["key"]!.ToString().ShouldBe(blocker.Key);
        far.Json["fields"]!["issuelinks"]![0]!["outwardIssue"].ShouldBeNull();
        far.Json["fields"]!["updated"]!.ToString().ShouldBe("2026-11-02T11:00:00.000+0100");
        Lines(far.Json["changelog"]!["histories"]![0]!).ShouldBe([$"Link issuelinks jira: / -> {blocker.Key}/This issue is blocked by {blocker.Key}"]);

        server.Jira.AddLink(_later, team.Mia, new(blocked.Id, "caused-by", blocker.Id));
        var near = await server.GetAsync($"/rest/api/3/issue/{blocker.Id}?fields=issuelinks");
        near.Json["fields"]!["issuelinks"]![1]!["type"]!["outward"]!.ToString().ShouldBe("causes");
        near.Json["fields"]!["issuelinks"]![1]!["outwardIssue"]!["key"]!.ToString().ShouldBe(blocked.Key);
    }

    [Fact]
    public async Task A_deleted_issue_is_gone_without_a_word()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var (kept, deleted) = (team.Story(), team.Story());
        server.Jira.AddLink(_later, team.Mia, new(kept.Id, "relates", deleted.Id));
        server.Jira.DeleteItem(_later, team.Mia, deleted.Id);

        (await server.GetAsync($"/rest/api/3/issue/{deleted.Key}")).Status.ShouldBe(404);
        (await server.GetAsync($"/rest/api/3/issue/{kept.Key}?fields=issuelinks")).Json["fields"]!["issuelinks"]!.AsArray().Count.ShouldBe(0);
        var bulk = await server.PostAsync("/rest/api/3/issue/bulkfetch", $$"""{"issueIdsOrKeys":["{{deleted.Id}}","{{kept.Id}}"]}""");
        bulk.Array("issues").Single()!["id"]!.ToString().ShouldBe(kept.Id);
    }

    private static IEnumerable<string> Lines(JsonNode history) => history["items"]!.AsArray().Select(i =>
        $"{i!["field"]} {i["fieldId"]} {i["fieldtype"]}: {i["from"]}/{i["fromString"]} -> {i["to"]}/{i["toString"]}");
}
