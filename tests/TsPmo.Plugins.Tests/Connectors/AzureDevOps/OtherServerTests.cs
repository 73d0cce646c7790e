using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Servers that lack, refuse or order differently what others have: one part of it never costs the rest.</summary>
public sealed class OtherServerTests
{
    private const string NotOffered = """{"message":"The controller for path was not found.","typeKey":"VssResourceNotFoundException"}""";
    private const string NoProject = """{"message":"VS800075: The project with id 'p0' does not exist, or you do not have permission to access it.","typeKey":"ProjectDoesNotExistException"}""";
    private const string Ended = "\"result\":\"succeeded\",\"finishTime\":\"2026-03-30T08:02:00Z\"";

    [Fact]
    public async Task States_are_known_where_the_process_configuration_is_not_offered()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/processconfiguration", NotOffered, 404);
        server.On("/workitemtypes", """{"value":[{"name":"Bug","states":[{"name":"Active","category":"InProgress"}]}]}""");
        (await Of(server).NewAsync<StateDefinition>("catalogue")).ShouldHaveSingleItem().Status.ShouldBe("Active");
    }

    [Fact]
    public async Task The_backlog_configuration_tells_the_effort_field_where_the_process_configuration_is_not_offered()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/processconfiguration", NotOffered, 404);
        server.On("/backlogconfiguration", """{"backlogFields":{"typeFields":{"Effort":"Microsoft.VSTS.Scheduling.Size"}},"requirementBacklog":{"workItemTypes":[{"name":"Wish"}]}}""");
        server.On("/workitemtypes", """{"value":[{"name":"Wish","states":[{"name":"New","category":"Proposed"}]}]}""");
        var facts = await Of(server).NewAsync<Fact>("catalogue");
        facts.OfType<FieldRole>().ShouldContain(f => f.FieldId == "Microsoft.VSTS.Scheduling.Size" && f.Rank == 0);
        facts.OfType<TypeDefinition>().ShouldHaveSingleItem().Kind.ShouldBe(Model.Work.WorkItemKind.Story);
    }

    [Theory]
    [InlineData(400, """{"message":"The build has no coverage of this kind.","typeKey":"ArgumentException"}""", "refused")]
    [InlineData(401, """{"message":"The token needs the scope vso.test."}""", "scope-missing")]
    public async Task Coverage_that_is_refused_is_told_once_and_does_not_keep_runs_from_being_read(int status, string body, string code)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List($$"""{"id":1,"definition":{"id":1,"name":"web"},{{Ended}}}""", $$"""{"id":2,"definition":{"id":2,"name":"api"},{{Ended}}}"""));
        server.On("codecoverage", body, status);
        var organisation = Of(server);
        var reading = await organisation.ReadAsync("deployments");
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe(code);
        reading.Records.Count(r => r.Kind == "build").ShouldBe(2);
        (await organisation.ReadAsync("deployments")).Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task Coverage_is_read_where_only_the_older_address_is_offered()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List($$"""{"id":1,"definition":{"id":1,"name":"web"},{{Ended}}}"""));
        server.On("/testresults/codecoverage", NotOffered, 404);
        server.On("/test/codecoverage", List("""{"modules":[{"name":"a","statistics":{"linesCovered":6,"linesNotCovered":2,"linesPartiallyCovered":1}},{"name":"b","statistics":{"linesCovered":1,"linesNotCovered":0}}]}"""));
        (await Of(server).NewAsync<RunQualityFact>("deployments")).ShouldHaveSingleItem().Coverage.ShouldBe(new LineCoverage(7, 10));
    }

    [Fact]
    public async Task A_project_whose_feed_repeats_its_token_is_told_and_the_others_are_read()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Api", "Web");
        server.On("/Api/_apis/wit/reporting/", """{"values":[],"isLastBatch":false,"continuationToken":"7"}""");
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Revisions(Revision(6, 1)));
        var reading = await new Organisation(server.Address, "secret", "Api", "Web").ReadAsync("workItems");
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Scope.ShouldBe("Api");
        reading.Records.ShouldContain(r => r.Id == "6/1");
    }

    [Fact]
    public async Task A_project_that_disappears_while_its_teams_are_read_keeps_what_they_had_selected()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("p0/teams", List("""{"id":"t1","name":"Web Team"}"""));
        server.On("/teamsettings/iterations", NoProject, 404);
        var reading = await Of(server).ReadAsync("iterations");
        reading.Records.ShouldBeEmpty();
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("project-unknown");
    }

    [Fact]
    public async Task A_team_that_refuses_to_be_read_is_told_and_keeps_what_it_had_selected_while_the_others_are_read()
    {
        await using var server = await WithTeamsAsync();
        var organisation = Of(server);
        (await organisation.NewAsync<SprintFact>("iterations")).Select(s => s.BoardOrTeam).ShouldBe(["Blue, Red", "Blue"]);
        server.On("/t1/_apis/work/teamsettings/iterations?", """{"message":"TF400409: You do not have permissions to this team."}""", 403);
        server.On("/t2/_apis/work/teamsettings/iterations?", List("""{"id":"s2"}"""));

        var reading = await organisation.ReadAsync("iterations");

        reading.Failure.ShouldBeNull();
        var notice = reading.Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Scope).ShouldBe(("forbidden", "Web/Blue"));
        Sprints(organisation, reading).Select(s => s.BoardOrTeam).ShouldBe(["Blue", "Blue, Red"]);
        server.On("/t1/_apis/work/teamsettings/iterations?", List("""{"id":"s1"}"""));
        (await organisation.NewAsync<SprintFact>("iterations")).Select(s => s.BoardOrTeam).ShouldBe(["Blue", "Red"]);
    }

    [Fact]
    public async Task A_team_whose_capacities_are_refused_is_read_when_they_are_shown_and_the_others_at_once()
    {
        await using var server = await WithTeamsAsync();
        server.On("/t1/_apis/work/teamsettings/iterations/s2/capacities", """{"message":"TF400409: You do not have permissions to this team."}""", 403);
        var organisation = Of(server);
        var reading = await organisation.ReadAsync("iterations");
        reading.Notices.ShouldHaveSingleItem().Scope.ShouldBe("Web/Blue");
        Sprints(organisation, reading).Select(s => s.BoardOrTeam).ShouldBe(["Blue, Red", "Blue"]);
        reading.Records.Where(r => r.Kind == "capacity").Select(r => r.Id).ShouldBe(["Blue/s1", "Red/s1"]);

        server.On("/t1/_apis/work/teamsettings/iterations/s2/capacities", "{}");
        (await organisation.ReadAsync("iterations")).Records.Where(r => r.Kind == "capacity").Select(r => r.Id).ShouldContain("Blue/s2");
        (await organisation.ReadAsync("iterations")).Pages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Capacities_are_read_where_the_teams_days_off_are_not_offered()
    {
        await using var server = await WithTeamsAsync();
        server.On("/t1/_apis/work/teamsettings/iterations/s1/capacities", """{"teamMembers":[{"teamMember":{"uniqueName":"ann@example.com"},"activities":[{"capacityPerDay":6}]}]}""");
        server.On("/t1/_apis/work/teamsettings/iterations/s1/teamdaysoff", NotOffered, 404);
        (await Of(server).NewAsync<CapacitySet>("iterations")).Single(c => c.Team == "Blue" && c.SprintId == "s1").Rows.ShouldHaveSingleItem().HoursPerDay.ShouldBe(6);
    }

    [Fact]
    public async Task A_catalogue_that_is_not_there_is_told()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/workitemtypes", NotOffered, 404);
        var notice = (await Of(server).ReadAsync("catalogue")).Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Scope).ShouldBe(("not-found", "Web"));
    }

    [Fact]
    public async Task A_type_whose_states_are_not_there_is_told_and_the_others_are_known()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/workitemtypes", """{"value":[{"name":"Bug"},{"name":"Task","states":[{"name":"Active","category":"InProgress"}]}]}""");
        server.On("/workitemtypes/Bug/states", """{"message":"TF401347: There is no such type."}""", 404);
        var organisation = Of(server);
        var reading = await organisation.ReadAsync("catalogue");
        var notice = reading.Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Scope).ShouldBe(("not-found", "Web/Bug"));
        var facts = reading.Records.SelectMany(r => organisation.Instance.Normaliser.Normalise(r).Facts).ToList();
        facts.OfType<StateDefinition>().ShouldHaveSingleItem().Status.ShouldBe("Active");
        facts.OfType<TypeDefinition>().Select(t => t.SourceType).ShouldBe(["Bug", "Task"]);
    }

    [Fact]
    public async Task Deployment_records_that_come_oldest_first_are_read_to_the_newest()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("statusFilter=inProgress", List("""{"id":9}"""));
        server.On("/distributedtask/environments", List("""{"id":1,"name":"Production"}"""));
        server.On("/1/environmentdeploymentrecords", List(Job(1), Job(2)), next: "2");
        server.On("/1/environmentdeploymentrecords?top=200&continuationToken=2", List());
        var organisation = Of(server);
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).Count.ShouldBe(2);
        server.On("/1/environmentdeploymentrecords?top=200&continuationToken=2", List(Job(3)));
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldHaveSingleItem().Id.ShouldBe("1/3");
    }

    [Fact]
    public async Task An_item_whose_missing_revisions_are_forbidden_does_not_stop_the_others()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Revisions(Revision(5, 1), Revision(5, 3), Revision(6, 1)));
        server.On("/workItems/5/revisions", """{"message":"TF237111: You may not see it."}""", 403);
        var reading = await Of(server).ReadAsync("workItems");
        reading.Failure.ShouldBeNull();
        reading.Records.Select(r => r.Id).ShouldBe(["5/1", "5/3", "6/1"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_revision_without_a_date_does_not_ask_for_the_end_of_time()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Revisions("""{"id":5,"rev":2,"fields":{"System.TeamProject":"Web","System.WorkItemType":"Bug","System.State":"New","System.HyperLinkCount":0}}""", Revision(6, 1)));
        server.On("/workitemsbatch", """{"message":"The asOf date must not be in the future.","typeKey":"VssPropertyValidationException"}""", 400);
        var reading = await Of(server).ReadAsync("workItems");
        reading.Failure.ShouldBeNull();
        reading.Records.Select(r => r.Id).ShouldBe(["5/2", "6/1"], ignoreOrder: true);
    }

    [Fact]
    public async Task Teams_are_listed_once_where_the_server_does_not_skip()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("p0/teams", ScriptedOrganisation.List(Enumerable.Range(0, 100).Select(i => $$"""{"id":"t{{i}}","name":"Team {{i}}"}""")));
        (await Of(server).ReadAsync("iterations")).Failure.ShouldBeNull();
        server.Received.Count(r => r.PathAndQuery.Contains("/teams?", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_pull_request_that_was_abandoned_was_not_merged()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List($$"""{"id":1,"definition":{"id":1,"name":"web"},"repository":{"type":"TfsGit","id":"r1"},"sourceVersion":"abc",{{Ended}}}"""));
        server.On("/pullrequestquery", """{"results":[{"abc":[{"pullRequestId":1,"status":"abandoned","closedDate":"2026-03-29T08:00:00Z"},{"pullRequestId":2,"status":"completed","closedDate":"2026-03-29T09:00:00Z"}]}]}""");
        var organisation = Of(server);
        organisation.Name("web");
        (await organisation.NewAsync<PullRequestFact>("deployments")).ShouldHaveSingleItem().Id.ShouldBe("2");
    }

    /// <summary>Two teams, Blue (t1) and Red (t2), and two current iterations, of which Red has selected only the first.</summary>
    private static async Task<ScriptedOrganisation> WithTeamsAsync()
    {
        var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/classificationnodes/", $$"""{"id":1,"identifier":"root","name":"Web","children":[{{Node(2, "s1")}},{{Node(3, "s2")}}]}""");
        server.On("p0/teams", List("""{"id":"t1","name":"Blue"}""", """{"id":"t2","name":"Red"}"""));
        server.On("/t1/_apis/work/teamsettings/iterations?", List("""{"id":"s1"}""", """{"id":"s2"}"""));
        server.On("/t2/_apis/work/teamsettings/iterations?", List("""{"id":"s1"}"""));
        return server;

        static string Node(int id, string name) =>
            $$"""{"id":{{id}},"identifier":"{{name}}","name":"{{name}}","attributes":{"startDate":"2026-03-30T00:00:00Z","finishDate":"2026-04-10T00:00:00Z"} }""";
    }

    private static IEnumerable<SprintFact> Sprints(Organisation organisation, Testing.Conformance.Reading reading) =>
        reading.Records.SelectMany(r => organisation.Instance.Normaliser.Normalise(r).Facts).OfType<SprintFact>();

    private static Organisation Of(ScriptedOrganisation server) => new(server.Address, "secret", "Web");

    private static string List(params string[] values) => ScriptedOrganisation.List(values);

    private static string Revisions(params string[] values) => $$"""{"values":[{{string.Join(',', values)}}],"isLastBatch":true,"continuationToken":"2"}""";

    private static string Revision(int id, int number) =>
        $$"""{"id":{{id}},"rev":{{number}},"fields":{"System.TeamProject":"Web","System.WorkItemType":"Bug","System.State":"New","System.ChangedDate":"2026-03-30T08:00:00Z"} }""";

    private static string Job(int id) => $$"""{"id":{{id}},"owner":{"id":{{id}}},"stageName":"Prod","jobName":"Deploy","definition":{"name":"web"},{{Ended}}}""";
}
