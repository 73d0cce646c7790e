using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Tests.Sandbox.Jira;
using TsPmo.Sandbox.World;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>What no delta shows, found by listing ids and by looking at single issues.</summary>
public sealed class JiraSweepTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sweep_lists_every_issue_of_the_projects_and_says_which_were_listed(bool isCloud)
    {
        await using var server = isCloud ? await JiraServer.CloudAsync() : await JiraServer.DataCenterAsync();
        var team = new JiraTeam(server);
        var ours = Enumerable.Range(1, 1005).Select(i => team.Story($"Story {i}").Id).ToList();
        var theirs = team.Create(new("OPS", "Story", "Elsewhere", "To Do"));
        var gone = team.Story("Gone");
        server.Jira.DeleteItem(server.Now, team.Mia, gone.Id);
        var pay = await JiraLook.SweepAsync(Connect(server, "PAY"), server.Clock);
        pay.Ids.ShouldBe(ours, ignoreOrder: true);
        pay.Completed.ShouldBe(["PAY"]);
        (await JiraLook.SweepAsync(Connect(server, "OPS", "PAY"), server.Clock)).Ids.ShouldBe([.. ours, theirs.Id], ignoreOrder: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_condition_lists_what_fulfils_it_in_its_project_alone(bool isCloud)
    {
        await using var server = isCloud ? await JiraServer.CloudAsync() : await JiraServer.DataCenterAsync();
        var team = new JiraTeam(server);
        var bug = team.Create(new("PAY", "Bug", "Broken", "To Do"));
        team.Story();
        team.Create(new("OPS", "Bug", "Elsewhere", "To Do"));
        var matched = await JiraLook.MatchAsync(Connect(server, "PAY"), server.Clock, "issuetype = Bug OR issuetype = Epic");
        matched.Ids.ShouldBe([bug.Id]);
        matched.Completed.ShouldBe(["PAY"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_project_that_cannot_be_seen_is_told_and_counts_as_not_listed(bool isCloud)
    {
        await using var server = isCloud ? await JiraServer.CloudAsync() : await JiraServer.DataCenterAsync();
        var story = new JiraTeam(server).Story();
        var sweep = await JiraLook.SweepAsync(Connect(server, "NOPE", "PAY"), server.Clock);
        sweep.Ids.ShouldBe([story.Id]);
        sweep.Completed.ShouldBe(["PAY"]);
        sweep.Notices.ShouldHaveSingleItem().Code.ShouldBe("project-unknown");
    }

    [Fact]
    public async Task A_list_of_a_project_that_went_out_of_sight_on_the_way_proves_nothing()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => """{"issues":[],"isLast":true}""");
        jira.On("project/", _ => (404, """{"errorMessages":["No project could be found with key 'A'."]}"""));
        var sweep = await JiraLook.SweepAsync(JiraAtWork.Connect(jira.Address, _clock, ["A"]), _clock);
        sweep.Failure.ShouldBeNull();
        sweep.Completed.ShouldBe([]);
    }

    [Fact]
    public async Task A_project_that_shows_itself_under_a_new_key_is_told_with_that_key()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => """{"issues":[],"isLast":true}""");
        jira.On("project/OLD", _ => """{"id":"10","key":"NEW"}""");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["a", "OLD"]);
        var sweep = await JiraLook.SweepAsync(instance, _clock);
        sweep.Completed.ShouldBe(["OLD", "a"]);
        var notice = sweep.Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Scope).ShouldBe(("project-renamed", "OLD"));
        notice.Message.ShouldContain("'NEW'");
        notice.Remedy.ShouldContain("TsPmo:Connectors:acme:Projects");
        (await JiraLook.SweepAsync(instance, _clock)).Notices.ShouldBeEmpty("it was told in this session");
    }

    [Theory]
    [InlineData("""{"issues":[{"id":"1"}],"nextPageToken":"again"}""")]
    [InlineData("""{"issues":[],"nextPageToken":"more"}""")]
    [InlineData("""{"unexpected":true}""")]
    public async Task A_list_that_does_not_come_to_its_end_proves_nothing(string page)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => page);
        var sweep = await JiraLook.SweepAsync(JiraAtWork.Connect(jira.Address, _clock, ["A"]), _clock);
        sweep.Failure.ShouldNotBeNull();
        sweep.Completed.ShouldBeNull();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task A_refused_list_of_a_project_that_is_there_proves_nothing(int status)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => (status, "{}"));
        var sweep = await JiraLook.SweepAsync(JiraAtWork.Connect(jira.Address, _clock, ["A"]), _clock);
        sweep.Failure.ShouldNotBeNull();
        sweep.Completed.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_concluded_by_somebody_who_is_no_longer_signed_in(bool isCloud)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud);
        var asked = 0;
        jira.On("myself", _ => ++asked == 1 ? """{"accountId":"bot","key":"bot"}""" : """{"accountId":"someone","key":"someone"}""");
        jira.On(isCloud ? "search/jql" : "search", _ => """{"issues":[],"isLast":true,"total":0}""");
        jira.On("issue/bulkfetch", _ => """{"issues":[]}""");
        jira.On("issue/7", _ => (404, """{"errorMessages":["Issue does not exist or you do not have permission to see it."]}"""));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        (await JiraLook.SweepAsync(instance, _clock)).Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
        var look = await JiraLook.LookAsync(instance, _clock, "7");
        look.Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
        look.Absent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Issues_older_than_the_history_that_is_wanted_are_listed_as_such()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var old = team.Story("Old");
        var recent = team.Story("Recent", JiraTeam.Start.AddDays(10));
        var instance = Connect(server, o => o.HistorySince = new(2026, 11, 10), "PAY");
        var swept = (await JiraLook.SweepAsync(instance, server.Clock)).Steps.OfType<SweptItems>().ToList();
        swept.Where(s => !s.AreBeyondHistory).SelectMany(s => s.Ids).ShouldBe([recent.Id]);
        swept.Where(s => s.AreBeyondHistory).SelectMany(s => s.Ids).ShouldBe([old.Id]);
        (await JiraLook.MatchAsync(instance, server.Clock, "issuetype = Story")).Ids.ShouldBe([recent.Id]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_issue_that_is_looked_at_comes_as_it_does_in_reading_and_one_that_is_gone_is_told(bool isCloud)
    {
        await using var server = isCloud ? await JiraServer.CloudAsync() : await JiraServer.DataCenterAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        team.Change(story, server.Now.AddHours(-1), new ItemEdit(ItemField.Status, "Done"));
        var moved = team.Story();
        team.Change(moved, server.Now.AddHours(-1), new ItemEdit(ItemField.Project, "OPS"));
        var gone = team.Story();
        server.Jira.DeleteItem(server.Now, team.Mia, gone.Id);
        var instance = Connect(server, "PAY");
        var look = await JiraLook.LookAsync(instance, server.Clock, story.Id, gone.Id, moved.Id);
        look.Failure.ShouldBeNull();
        look.Absent.ShouldBe([new(gone.Id, Absence.Deleted)]);
        var facts = look.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).ToList();
        facts.OfType<WorkItemFact>().Select(f => f.Id).ShouldBe([story.Id, moved.Id], ignoreOrder: true);
        var read = (await instance.ReadAsync(server.Clock, "issues")).Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<WorkItemEvent>();
        facts.OfType<WorkItemEvent>().Where(e => e.ItemId == story.Id).Select(e => e.EventId).ShouldBe(read.Select(e => e.EventId));
        facts.OfType<WorkItemFact>().Single(f => f.Id == moved.Id).Values["project"].Text.ShouldBe("OPS");
    }

    [Fact]
    public async Task Many_issues_that_are_there_are_looked_at_together_and_only_the_others_one_by_one()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var all = Enumerable.Range(1, 250).Select(i => team.Story($"Story {i}").Id).ToList();
        foreach (var id in all.Take(3))
            server.Jira.DeleteItem(server.Now, team.Mia, id);
        var instance = Connect(server, "PAY");
        await instance.ReadAsync(server.Clock, "catalogue");
        var before = Traffic(instance);
        var look = await JiraLook.LookAsync(instance, server.Clock, [.. all]);
        look.Records.Count(r => r.Kind == "issue").ShouldBe(247);
        look.Absent.Select(a => a.Id).ShouldBe(all.Take(3), ignoreOrder: true);
        // Three bulk calls, three single issues, one proof of the sign-in, five pages of histories (fifty issues in each).
        (Traffic(instance) - before).ShouldBeLessThanOrEqualTo(3 + 3 + 1 + 5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_Jira_forbids_is_hidden_and_not_deleted(bool isCloud)
    {
        await using var jira = await Absent(isCloud);
        jira.On("issue/7", _ => (403, """{"errorMessages":["You do not have the permission to see the specified issue."]}"""));
        var look = await JiraLook.LookAsync(JiraAtWork.Connect(jira.Address, _clock, ["A"]), _clock, "7");
        look.Absent.ShouldBe([new("7", Absence.Hidden)]);
    }

    [Theory]
    [InlineData(404, """{"errorMessages":[],"errors":{"issue":"Issue does not exist."}}""", Absence.Deleted)]
    [InlineData(404, """{"code":"NOT_FOUND","message":"Issue does not exist or you do not have permission to see it."}""", Absence.Deleted)]
    [InlineData(403, """{"errors":{"issue":"You may not see it."}}""", Absence.Hidden)]
    public async Task A_refusal_counts_in_every_shape_in_which_Jira_words_one(int status, string body, Absence absence)
    {
        await using var jira = await Absent(isCloud: true);
        jira.On("issue/7", _ => (status, body));
        var look = await JiraLook.LookAsync(JiraAtWork.Connect(jira.Address, _clock, ["A"]), _clock, "7");
        look.Failure.ShouldBeNull();
        look.Absent.ShouldBe([new("7", absence)]);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(400, false)]
    public async Task Fields_that_do_not_fit_into_an_address_are_left_out_of_it(int count, bool areNamed)
    {
        await using var jira = await Absent(isCloud: true);
        jira.On("field", _ => $"[{string.Join(',', Enumerable.Range(10000, count).Select(i => JiraFieldTests.Field(i, $"Number {i}", "com.atlassian.jira.plugin.system.customfieldtypes:float")))}]");
        jira.On("issue/7", _ => ScriptedJira.Issue(7));
        var look = await JiraLook.LookAsync(JiraAtWork.Connect(jira.Address, _clock, ["A"]), _clock, "7");
        look.Records.Where(r => r.Kind == "issue").Select(r => r.Id).ShouldBe(["7"]);
        var address = jira.Asked("issue/7").Single().PathAndQuery;
        address.Length.ShouldBeLessThan(4100);
        address.Contains("fields=", StringComparison.Ordinal).ShouldBe(areNamed);
    }

    [Fact]
    public async Task A_project_that_Jira_forbids_is_told_and_counts_as_not_listed()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => """{"issues":[],"isLast":true}""");
        jira.On("project/", _ => (403, """{"errorMessages":["You cannot view this project."]}"""));
        var sweep = await JiraLook.SweepAsync(JiraAtWork.Connect(jira.Address, _clock, ["A"]), _clock);
        sweep.Failure.ShouldBeNull();
        sweep.Completed.ShouldBe([]);
        sweep.Notices.ShouldHaveSingleItem().Code.ShouldBe("project-unknown");
    }

    [Theory]
    [InlineData(404, "{}")]
    [InlineData(403, """{"message":"blocked by policy"}""")]
    [InlineData(400, """{"errorMessages":["No."]}""")]
    [InlineData(500, "{}")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"id":"8","key":"A-8","fields":{}}""")]
    public async Task An_odd_answer_about_an_issue_is_a_failure_and_never_a_conclusion(int status, string body)
    {
        await using var jira = await Absent(isCloud: true);
        jira.On("issue/7", _ => (status, body));
        var look = await JiraLook.LookAsync(JiraAtWork.Connect(jira.Address, _clock, ["A"]), _clock, "7");
        look.Failure.ShouldNotBeNull();
        look.Absent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_issue_that_only_its_own_address_shows_is_there(bool isCloud)
    {
        await using var jira = await Absent(isCloud);
        jira.On("issue/7", _ => ScriptedJira.Issue(7));
        var look = await JiraLook.LookAsync(JiraAtWork.Connect(jira.Address, _clock, ["A"]), _clock, "7");
        look.Records.Where(r => r.Kind == "issue").Select(r => r.Id).ShouldBe(["7"]);
        look.Absent.ShouldBeEmpty();
    }

    private static async Task<ScriptedJira> Absent(bool isCloud)
    {
        var jira = await ScriptedJira.StartAsync(isCloud);
        jira.On("issue/bulkfetch", _ => """{"issues":[],"issueErrors":[]}""");
        jira.On("search", _ => """{"issues":[],"startAt":0,"total":0}""");
        return jira;
    }

    private static long Traffic(ConnectorInstance instance) => instance.Connector.ShouldBeAssignableTo<ITraffic>().ShouldNotBeNull().Total.Requests;

    private static ConnectorInstance Connect(JiraServer server, params string[] projects) => Connect(server, _ => { }, projects);

    private static ConnectorInstance Connect(JiraServer server, Action<TsPmo.Plugins.Connectors.Jira.JiraOptions> set, params string[] projects) =>
        JiraAtWork.Connect(server.Address, server.Clock, projects, o =>
        {
            if (server.Jira.PathBase.Length > 0)
                o.Auth = new() { Kind = "Bearer", Secret = new(JiraServer.Token) };
            set(o);
        });
}
