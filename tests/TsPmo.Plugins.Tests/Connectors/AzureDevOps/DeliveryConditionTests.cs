using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>What decides whether something of a delivery is asked for, and what of the answer counts.</summary>
public sealed class DeliveryConditionTests
{
    private const string Ended = "\"result\":\"succeeded\",\"finishTime\":\"2026-03-30T08:02:00Z\"";
    private const string NotOffered = """{"message":"The controller for path was not found.","typeKey":"VssResourceNotFoundException"}""";
    private const string Covered = """{"coverageData":[{"coverageStats":[{"label":"Lines","covered":8,"total":10}]}]}""";

    [Fact]
    public async Task Environments_that_failed_when_a_run_had_ended_are_read_although_nothing_ran_since()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/distributedtask/environments", List("""{"id":1,"name":"Production"}"""));
        server.On("/1/environmentdeploymentrecords", List());
        var organisation = Of(server);
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldBeEmpty();
        server.On("/build/builds", List(Run(7)));
        server.On("statusFilter=inProgress", List());
        server.On("/1/environmentdeploymentrecords", """{"message":"It broke."}""", 500);
        (await organisation.Clock.RunAsync(organisation.ReadAsync("deployments"), TimeSpan.FromHours(1))).Notices.ShouldHaveSingleItem();

        server.On("/1/environmentdeploymentrecords", List(Job(1, 7)));
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldHaveSingleItem().RunId.ShouldBe("7");
    }

    [Theory]
    [InlineData(400, """{"message":"It is not supported."}""")]
    [InlineData(401, """{"message":"The token needs the scope vso.environment_manage."}""")]
    [InlineData(404, NotOffered)]
    public async Task Environments_are_found_at_the_newer_place_however_the_older_refuses(int status, string body)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/distributedtask/environments", body, status);
        server.On("/pipelines/environments", List("""{"id":1,"name":"Production"}"""));
        server.On("/pipelines/environments/1/environmentdeploymentrecords", List(Job(1, 7)));
        (await Of(server).NewAsync<DeploymentJobFact>("deployments")).ShouldHaveSingleItem().RunId.ShouldBe("7");
    }

    [Fact]
    public async Task Only_artifacts_that_are_runs_tell_which_runs_a_release_deployed()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/release/deployments", List(Release(1, "08:00", Artifact("Git", 99), Artifact("Build", 7))));
        (await Of(server).ReadAsync("deployments")).Failure.ShouldBeNull();
        server.Asked("buildIds=7&").ShouldBe(1);
        server.Asked("99").ShouldBe(0);
    }

    [Fact]
    public async Task Classic_deployments_are_looked_for_a_little_further_back_and_told_once()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/release/deployments", List(Release(1, "08:00")));
        var organisation = Of(server);
        (await organisation.NewAsync<DeploymentFact>("deployments")).Count.ShouldBe(1);
        server.On("/release/deployments", List(Release(1, "08:00"), Release(2, "07:57")));
        (await organisation.NewAsync<DeploymentFact>("deployments")).ShouldHaveSingleItem().Id.ShouldBe("release/2/5");
        server.Received.Last(r => r.PathAndQuery.Contains("/release/deployments", StringComparison.Ordinal)).PathAndQuery.ShouldContain("minModifiedTime=2026-03-30T07%3A55%3A00");
    }

    [Fact]
    public async Task What_a_server_lacks_is_asked_for_again_at_night()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List(Run(7)));
        server.On("/test/runs", NotOffered, 404);
        var organisation = Of(server);
        (await organisation.ReadAsync("deployments")).Notices.ShouldHaveSingleItem().Scope.ShouldBe("test results");
        server.On("/build/builds", List(Run(7), Run(8)));
        await organisation.ReadAsync("deployments");
        server.Asked("/test/runs").ShouldBe(1);
        server.On("/build/builds", List(Run(7), Run(8), Run(9)));
        await organisation.ReadAsync("deployments", ReadDepth.Reconcile);
        server.Asked("/test/runs").ShouldBe(2);
    }

    [Fact]
    public async Task Runs_of_a_named_pipeline_that_were_canceled_brought_nothing_anywhere()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List(Run(7), Run(8).Replace("succeeded", "canceled", StringComparison.Ordinal)));
        server.On("/build/builds?buildIds=7&", List(Run(7)));
        server.On("/build/definitions", List("""{"id":1,"name":"web"}"""));
        var organisation = Of(server);
        (await organisation.NewAsync<RunChangesFact>("deployments")).ShouldBeEmpty();
        organisation.Name("WEB");
        (await organisation.NewAsync<RunChangesFact>("deployments")).ShouldHaveSingleItem().RunId.ShouldBe("7");
        organisation.Name("WEB", "api");
        (await organisation.NewAsync<RunChangesFact>("deployments")).ShouldBeEmpty();
        server.Received.Where(r => r.PathAndQuery.Contains("/build/definitions", StringComparison.Ordinal)).Select(r => r.PathAndQuery.Split('?', '&')[1]).ShouldBe(["name=WEB", "name=api"]);
    }

    [Fact]
    public async Task What_a_pull_request_would_cover_is_not_what_is_covered()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List(OnBranch(7, "refs/heads/main"), OnBranch(8, "refs/pull/5/merge")));
        server.On("codecoverage", Covered);
        (await Of(server).NewAsync<RunQualityFact>("deployments")).ShouldHaveSingleItem().RunId.ShouldBe("7");
        server.Asked("buildId=8").ShouldBe(0);

        static string OnBranch(int id, string branch) => $$"""{"id":{{id}},"sourceBranch":"{{branch}}","definition":{"id":{{id}},"name":"web"},{{Ended}}}""";
    }

    [Fact]
    public async Task What_a_release_tried_on_a_run_is_not_among_the_runs_own_tests()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List(Run(7)));
        server.On("/test/runs", List(
            """{"id":1,"build":{"id":"7"},"release":{"id":0},"totalTests":3,"passedTests":3}""",
            """{"id":2,"build":{"id":"7"},"release":{"id":4},"totalTests":9,"passedTests":1}""",
            """{"id":3,"build":{"id":"6"},"totalTests":5,"passedTests":5}"""));
        (await Of(server).NewAsync<RunQualityFact>("deployments")).ShouldHaveSingleItem().Tests.ShouldBe(new TestTotals(3, 0, 0));
    }

    [Fact]
    public async Task Items_of_other_projects_do_not_let_catalogues_be_read()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Api", "Web");
        server.On("/workitemtypes", """{"value":[{"name":"Bug","states":[{"name":"New","category":"Proposed"}]}]}""");
        var organisation = new Organisation(server.Address, "secret", "Api", "Web");
        await organisation.ReadAsync("catalogue");
        organisation.Bind("Web");
        await organisation.ReadAsync("workItems");
        server.On("/_apis/wit/reporting/workitemrevisions?continuationToken", $$"""{"values":[{{Revision("Web", 1, "New")}},{{Revision("Api", 2, "Frozen")}}],"isLastBatch":true,"continuationToken":"2"}""");
        var before = server.Asked("/Api/_apis/wit/workitemtypes");
        (await organisation.ReadAsync("workItems")).Records.Count(r => r.Kind == "revision").ShouldBe(2);
        server.Asked("/Api/_apis/wit/workitemtypes").ShouldBe(before);

        static string Revision(string project, int number, string state) =>
            $$"""{"id":5,"rev":{{number}},"fields":{"System.TeamProject":"{{project}}","System.WorkItemType":"Bug","System.State":"{{state}}","System.ChangedDate":"2026-03-30T08:00:00Z","System.HyperLinkCount":0} }""";
    }

    private static Organisation Of(ScriptedOrganisation server) => new(server.Address, "secret", "Web");

    private static string List(params string[] values) => ScriptedOrganisation.List(values);

    private static string Run(int id) => $$"""{"id":{{id}},"definition":{"id":1,"name":"web"},{{Ended}}}""";

    private static string Job(int id, int run) => $$"""{"id":{{id}},"owner":{"id":{{run}}},"stageName":"Prod","jobName":"Deploy","definition":{"name":"web"},{{Ended}}}""";

    private static string Artifact(string type, int version) => $$"""{"type":"{{type}}","definitionReference":{"version":{"id":"{{version}}"} } }""";

    private static string Release(int id, string at, params string[] artifacts) =>
        $$"""{"id":{{id}},"attempt":1,"deploymentStatus":"succeeded","lastModifiedOn":"2026-03-30T{{at}}:00Z","release":{"id":{{id}},"artifacts":[{{string.Join(',', artifacts)}}]},"releaseEnvironment":{"id":5,"name":"Production"},"releaseDefinition":{"name":"web"} }""";
}
