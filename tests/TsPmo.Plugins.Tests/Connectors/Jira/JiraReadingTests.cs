using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Tests.Sandbox.Jira;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraReadingTests
{
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Pacific/Chatham")]
    public async Task A_change_is_found_in_whatever_zone_the_profile_is(string zone)
    {
        await using var server = await JiraServer.CloudAsync();
        server.Jira.Switches = new() { ProfileTimeZone = zone };
        var team = new JiraTeam(server);
        var story = team.Story(at: server.Now.AddHours(-30));
        var instance = Connect(server);
        var first = await instance.ReadAsync(server.Clock, "issues");
        first.Issues().ShouldBe([story.Id]);
        team.Change(story, server.Now.AddMinutes(-1), new ItemEdit(ItemField.Status, "In Progress"));
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        (await instance.ReadAsync(server.Clock, "issues", first.Cursor())).Issues().ShouldBe([story.Id]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unknown_project_is_told_once_and_the_others_are_read(bool isCloud)
    {
        await using var server = isCloud ? await JiraServer.CloudAsync() : await JiraServer.DataCenterAsync();
        var story = new JiraTeam(server).Story();
        var instance = Connect(server, "PAY", "NOPE");
        var told = new List<string>();
        foreach (var stream in instance.Connector.Streams)
        {
            var reading = await instance.ReadAsync(server.Clock, stream);
            reading.Failure.ShouldBeNull(stream);
            told.AddRange(reading.Notices.Select(n => $"{n.Code} {n.Scope}"));
            if (stream == "issues")
                reading.Issues().ShouldBe([story.Id]);
        }

        told.ShouldBe(["project-unknown NOPE"]);
    }

    [Fact]
    public async Task A_project_that_is_added_later_is_read_whole()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var old = team.Create(new("OPS", "Story", "Old", "To Do"));
        team.Story();
        var first = await Connect(server, "PAY").ReadAsync(server.Clock, "issues");
        (await Connect(server, "OPS", "PAY").ReadAsync(server.Clock, "issues", first.Cursor())).Issues().ShouldBe([old.Id]);
    }

    [Fact]
    public async Task An_epic_that_is_named_by_its_key_becomes_a_parent_by_its_id()
    {
        await using var server = await JiraServer.DataCenterAsync();
        var team = new JiraTeam(server);
        var epic = team.Create(new("PAY", "Epic", "Refunds", "To Do"));
        var instance = Connect(server, "OPS");
        team.Create(new("OPS", "Story", "Work", "To Do") { Parent = epic.Id });
        Item(instance, await instance.ReadAsync(server.Clock, "issues")).Values["parent"].Text.ShouldBe(epic.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_outside_is_asked_for_only_where_the_history_tells_of_one(bool isCloud)
    {
        await using var server = isCloud ? await JiraServer.CloudAsync() : await JiraServer.DataCenterAsync();
        var team = new JiraTeam(server);
        var linked = team.Story("Linked");
        team.Story("Plain");
        server.Jira.AddLink(server.Now.AddHours(-1), team.Mia, new LinkSpec(linked.Id, "relates", null, "https://dev.example/acme/_workitems/edit/7"));
        var instance = Connect(server);
        var records = (await instance.ReadAsync(server.Clock, "issues")).Records.Where(r => r.Kind == "issue").ToList();
        records.Where(r => r.Body.TryGetProperty("remoteLinks", out _)).Select(r => r.Id).ShouldBe([linked.Id]);
        records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<LinkSet>().Single(l => l.Group == "remote").Links.ShouldHaveSingleItem()
            .OtherUrl.ShouldBe("https://dev.example/acme/_workitems/edit/7");
    }

    [Fact]
    public async Task A_sprint_that_closed_since_the_last_pass_is_told()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var instance = Connect(server);
        var first = await instance.ReadAsync(server.Clock, "sprints");
        server.Jira.ChangeSprint(team.Second, new("PAY", "PAY 2", null, "closed", JiraTeam.Start.AddDays(14), JiraTeam.Start.AddDays(28), JiraTeam.Start.AddDays(14), server.Now));
        var again = await instance.ReadAsync(server.Clock, "sprints", first.Cursor());
        again.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<SprintFact>().Single(s => s.Id == team.Second).Completed.ShouldBe(server.Now);
    }

    [Fact]
    public async Task Hours_are_read_once_and_their_deletion_is_told()
    {
        await using var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        var story = team.Story();
        var entry = server.Jira.LogWork(server.Now.AddHours(-2), team.Mia, story.Id, server.Now.AddHours(-3), 1.5);
        var instance = Connect(server);
        var first = await instance.ReadAsync(server.Clock, "worklogs");
        first.Records.Count(r => r.Kind == "worklog").ShouldBe(1);
        (await instance.ReadAsync(server.Clock, "worklogs", first.Cursor())).Records.ShouldBeEmpty();
        server.Jira.DeleteWork(server.Now.AddMinutes(-30), team.Mia, entry);
        var later = await instance.ReadAsync(server.Clock, "worklogs", first.Cursor());
        later.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).ShouldBe([new TimeEntryRemoved(entry)]);
    }

    [Fact]
    public async Task A_probe_names_missing_rights_and_loud_places()
    {
        await using var server = await JiraServer.DataCenterAsync();
        var story = new JiraTeam(server).Story();
        var probe = await Connect(server, "PAY", "NOPE").Connector.ProbeAsync(
            new(["PAY", "NOPE"], [new("P/loud", "Comment", story.Key), new("P/quiet", "Property", story.Key), new("P/lost", "Property", "PAY-999")]),
            TestContext.Current.CancellationToken);
        probe.Product.ShouldNotBeNull().ShouldContain("Data Center");
        probe.TimeZone.ShouldBe("Europe/Zurich");
        probe.LoudPublications.Keys.ShouldBe(["P/loud"]);
        probe.Problems.ShouldContain(p => p.Code == "project-unknown" && p.Scope == "NOPE");
    }

    private static ConnectorInstance Connect(JiraServer server, params string[] projects) =>
        JiraAtWork.Connect(server.Address, server.Clock, projects.Length == 0 ? ["PAY"] : projects, o =>
        {
            if (server.Jira.PathBase.Length > 0)
                o.Auth = new() { Kind = "Bearer", Secret = new(JiraServer.Token) };
        });

    private static WorkItemFact Item(ConnectorInstance instance, TsPmo.Testing.Conformance.Reading reading) =>
        reading.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<WorkItemFact>().ShouldHaveSingleItem();
}
