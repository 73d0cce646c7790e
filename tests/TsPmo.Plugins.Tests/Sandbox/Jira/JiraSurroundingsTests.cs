using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

public sealed class JiraSurroundingsTests
{
    [Fact]
    public async Task Fields_are_found_by_their_schema_and_have_other_numbers_in_each_edition()
    {
        await using var cloud = await JiraServer.CloudAsync();
        await using var dataCenter = await JiraServer.DataCenterAsync();
        async Task<string> SprintAsync(JiraServer server, string api) => (await server.GetAsync($"/rest/api/{api}/field")).Json.AsArray()
            .Single(f => f!["schema"]!["custom"]?.ToString() == "com.pyxis.greenhopper.jira:gh-sprint")!["id"]!.ToString();

        (await SprintAsync(cloud, "3")).ShouldBe("customfield_10020");
        (await SprintAsync(dataCenter, "2")).ShouldBe("customfield_10105");
    }

    [Fact]
    public async Task Sprints_come_closed_first_with_their_edition_s_dates_and_a_kanban_board_has_none()
    {
        await using var cloud = await JiraServer.CloudAsync();
        await using var dataCenter = await JiraServer.DataCenterAsync();
        _ = new JiraTeam(cloud);
        _ = new JiraTeam(dataCenter);

        var sprints = (await cloud.GetAsync("/rest/agile/1.0/board/1/sprint?maxResults=100")).Json;
        sprints["maxResults"]!.GetValue<int>().ShouldBe(50);
        sprints["values"]!.AsArray().Select(s => s!["state"]!.ToString()).ShouldBe(["closed", "active"]);
        sprints["values"]![0]!["startDate"]!.ToString().ShouldBe("2026-11-02T08:00:00.000Z");
        sprints["values"]![0]!["activatedDate"].ShouldBeNull();
        (await dataCenter.GetAsync("/rest/agile/1.0/sprint/1")).Json["activatedDate"]!.ToString().ShouldBe("2026-11-02T09:03:00.000+01:00");
        (await cloud.GetAsync("/rest/agile/1.0/board/2/sprint")).Status.ShouldBe(400);
        (await cloud.GetAsync("/rest/agile/1.0/board?projectKeyOrId=OPS")).Array("values").Single()!["type"]!.ToString().ShouldBe("kanban");
        (await cloud.GetAsync("/rest/agile/1.0/board/1/configuration")).Json["estimation"]!["field"]!["fieldId"]!.ToString().ShouldBe("customfield_10016");
    }

    [Fact]
    public async Task A_sprint_in_an_issue_is_an_object_in_the_cloud_and_a_printed_one_in_Data_Center()
    {
        await using var cloud = await JiraServer.CloudAsync();
        await using var dataCenter = await JiraServer.DataCenterAsync();
        var inCloud = Create(cloud);
        var inDataCenter = Create(dataCenter);

        var sprints = (await cloud.GetAsync($"/rest/api/3/issue/{inCloud}")).Json["fields"]!["customfield_10020"]!;
        sprints[0]!["name"]!.ToString().ShouldBe("PAY 1, hardening [gateway]");
        sprints[0]!["boardId"]!.GetValue<int>().ShouldBe(1);
        var printed = (await dataCenter.GetAsync($"/rest/api/2/issue/{inDataCenter}")).Json["fields"]!["customfield_10105"]!;
        printed[0]!.ToString().ShouldMatch(@"^com\.atlassian\.greenhopper\.service\.sprint\.Sprint@[0-9a-f]+\[id=1,rapidViewId=1,state=CLOSED,name=PAY 1, hardening \[gateway\],startDate=2026-11-02T09:00:00\.000\+01:00,");
        printed[1]!.ToString().ShouldEndWith(",goal=<null>,id=2]");
        printed[1]!.ToString().ShouldContain("completeDate=<null>");

        static string Create(JiraServer server)
        {
            var team = new JiraTeam(server);
            return team.Create(new("PAY", "Story", "Refund", "To Do") { Sprints = [team.First, team.Second] }).Key;
        }
    }

    [Fact]
    public async Task The_worklog_feeds_tell_nothing_of_the_last_minute()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Create(new("PAY", "Story", "Refund", "To Do") { EstimateHours = 8, RemainingHours = 8 });
        var old = server.Jira.LogWork(server.Now.AddMinutes(-10), team.Mia, story.Id, server.Now.AddHours(-3), 1.5);
        var fresh = server.Jira.LogWork(server.Now.AddSeconds(-30), team.Mia, story.Id, server.Now.AddHours(-1), 1);

        var updated = await server.GetAsync("/rest/api/3/worklog/updated?since=0");
        updated.Array("values").Single()!["worklogId"]!.ToString().ShouldBe(old);
        updated.Json["lastPage"]!.GetValue<bool>().ShouldBeTrue();
        updated.Json["until"]!.GetValue<long>().ShouldBe(server.Now.AddMinutes(-10).ToUnixTimeMilliseconds());
        (await server.PostAsync("/rest/api/3/worklog/list", $$"""{"ids":[{{old}},{{fresh}},77]}""")).Json.AsArray().Select(w => w!["timeSpentSeconds"]!.GetValue<int>()).ShouldBe([5400, 3600]);
        var tracking = (await server.GetAsync($"/rest/api/3/issue/{story.Id}?fields=timetracking")).Json["fields"]!["timetracking"]!;
        tracking["timeSpent"]!.ToString().ShouldBe("2h 30m");
        tracking["remainingEstimateSeconds"]!.GetValue<int>().ShouldBe(19800);

        server.Jira.DeleteWork(server.Now, team.Mia, old);
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        (await server.GetAsync("/rest/api/3/worklog/deleted")).Array("values").Single()!["worklogId"]!.ToString().ShouldBe(old);
        (await server.GetAsync("/rest/api/3/worklog/updated")).Array("values").Single()!["worklogId"]!.ToString().ShouldBe(fresh);
    }

    [Fact]
    public async Task Releasing_a_version_overwrites_its_date()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var versions = "/rest/api/3/project/PAY/version?expand=issuesstatus";
        (await server.GetAsync(versions)).Array("values")[0]!["overdue"]!.GetValue<bool>().ShouldBeTrue();
        server.Jira.ChangeVersion(team.Version, new("PAY", "4.2", new(2026, 10, 1), new(2026, 11, 20), Released: true, new(2026, 11, 23)));

        var version = (await server.GetAsync(versions)).Array("values")[0]!;
        version["releaseDate"]!.ToString().ShouldBe("2026-11-23");
        version["overdue"].ShouldBeNull();
        version["issuesStatusForFixVersion"]!["toDo"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task The_cloud_moved_its_issue_lists_and_only_they_know_the_agile_names()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        team.Create(new("PAY", "Story", "Refund", "To Do") { Sprints = [team.Second], Blocked = true });
        team.Story();

        (await server.GetAsync("/rest/agile/1.0/sprint/2/issue")).Status.ShouldBe(410);
        var issue = (await server.GetAsync("/rest/software/1.0/sprint/2/issue?fields=summary")).Array("issues").Single()!;
        issue["fields"]!["sprint"]!["name"]!.ToString().ShouldBe("PAY 2");
        issue["fields"]!["flagged"]!.GetValue<bool>().ShouldBeTrue();
        (await server.GetAsync("/rest/software/1.0/board/1/backlog/approximate-count")).Json["count"]!.GetValue<int>().ShouldBe(1);
        (await server.GetAsync("/rest/api/3/search/jql?jql=project%3DPAY&fields=flagged,summary")).Array("issues")[0]!["fields"]!["flagged"].ShouldBeNull();
    }

    [Fact]
    public async Task What_Jira_does_not_have_says_so()
    {
        await using var server = await JiraServer.CloudAsync();
        _ = new JiraTeam(server);
        Should.Throw<NotSupportedException>(() => server.Jira.SetCapacity(new("PAY", "Team", "1", [], [])));
        Should.Throw<NotSupportedException>(() => server.Jira.AddDeployment(new("PAY", "prod", "p", "environment", "succeeded", server.Now, null, "abc")));
    }
}
