using TsPmo.Model.Contracts;
using TsPmo.Model.Work;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>What there is to be configured, from a Jira that pages, repeats names and hides boards.</summary>
public sealed class JiraDiscoveryTests
{
    private const string Float = "com.atlassian.jira.plugin.system.customfieldtypes:float";
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Projects_boards_statuses_and_points_fields_are_found()
    {
        await using var jira = await Jira();
        var found = await Discover(jira);
        found.Projects.Select(p => (p.Key, p.Name, string.Join('|', p.Boards), p.HasSprints)).ShouldBe(
            [("A", "Alpha", "Scrum board", true), ("B", "Beta", "Team", false), ("C", "Gamma", "", false)]);
        found.Statuses.Select(s => (s.Name, s.State)).ShouldBe([("In Arbeit", State.InProgress), ("Zu tun", State.ToDo), ("fertig", State.Done)]);
        found.PointsFields.Select(f => f.Id).ShouldBe(["customfield_3", "customfield_1"]);
        found.PointsFields[0].Why.ShouldBe("the estimation field of 1 board");
    }

    [Fact]
    public async Task Fields_of_one_name_are_told_with_their_ids_and_not_chosen_among()
    {
        await using var jira = await Jira();
        var problem = (await Discover(jira)).Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Scope).ShouldBe(("field-ambiguous", "Story Points"));
        problem.Message.ShouldContain("customfield_2, customfield_3");
        problem.Remedy.ShouldContain("TsPmo:Connectors:acme:Mapping:Points");
    }

    [Fact]
    public async Task A_status_that_means_two_things_is_told()
    {
        await using var jira = await Jira();
        jira.On("status", _ => """[{"name":"Offen","statusCategory":{"key":"new"}},{"name":"offen","statusCategory":{"key":"done"}}]""");
        var found = await Discover(jira);
        found.Statuses.ShouldHaveSingleItem().Name.ShouldBe("Offen");
        found.Problems.ShouldContain(p => p.Code == "status-ambiguous" && p.Scope == "Offen");
    }

    [Fact]
    public async Task Without_boards_the_rest_is_found_and_it_is_said()
    {
        await using var jira = await Jira();
        jira.On("board", _ => (403, "{}"));
        var found = await Discover(jira);
        found.Projects.Count.ShouldBe(3);
        found.Problems.ShouldContain(p => p.Code == "boards-unavailable");
    }

    [Fact]
    public async Task A_failed_sign_in_is_in_the_answer()
    {
        await using var jira = await Jira();
        jira.On("myself", _ => (401, "{}"));
        var found = await Discover(jira);
        found.Problems.ShouldHaveSingleItem().Code.ShouldBe("authentication-failed");
        found.Projects.ShouldBeEmpty();
    }

    private static async Task<ScriptedJira> Jira()
    {
        var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $$$"""
            [{"id":"customfield_1","name":"Story point estimate","schema":{"custom":"com.pyxis.greenhopper.jira:jsw-story-points"}},
             {"id":"customfield_2","name":"Story Points","schema":{"custom":"{{{Float}}}"}}, {"id":"customfield_3","name":"Story Points","schema":{"custom":"{{{Float}}}"}},
             {"id":"customfield_4","name":"Budget","schema":{"custom":"{{{Float}}}"}}]
            """);
        jira.On("project/search", _ => """{"values":[{"key":"B","name":"Beta"},{"key":"A","name":"Alpha"}],"isLast":false}""");
        jira.On("project/search?startAt=2&", _ => """{"values":[{"key":"C","name":"Gamma"}],"isLast":true}""");
        jira.On("status", _ => """[{"name":"Zu tun","statusCategory":{"key":"new"}},{"name":"In Arbeit","statusCategory":{"key":"indeterminate"}},{"name":"fertig","statusCategory":{"key":"done"}},{"name":"Zu tun","statusCategory":{"key":"new"}}]""");
        jira.On("board", _ => """{"values":[{"id":1,"name":"Scrum board","type":"scrum","location":{"projectKey":"A"}},{"id":2,"name":"Team","type":"simple","location":{"projectKey":"B"}}],"isLast":true}""");
        jira.On("board/1/configuration", _ => """{"estimation":{"type":"field","field":{"fieldId":"customfield_3"}}}""");
        jira.On("board/2/configuration", _ => "{}");
        jira.On("board/2/sprint", _ => (400, "{}"));
        return jira;
    }

    private Task<Discovery> Discover(ScriptedJira jira) => _clock.RunAsync(
        ((IDiscovery)JiraAtWork.Connect(jira.Address, _clock, []).Connector).DiscoverAsync(TestContext.Current.CancellationToken), TimeSpan.FromSeconds(60));
}
