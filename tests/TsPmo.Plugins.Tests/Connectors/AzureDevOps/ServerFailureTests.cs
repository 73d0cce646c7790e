using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>What fails for one thing is said of that thing, costs nothing else and is tried again; what a list does not end is ended.</summary>
public sealed class ServerFailureTests
{
    private const string Gone = """{"message":"It has been deleted."}""";
    private const string NotOffered = """{"message":"The controller for path was not found.","typeKey":"VssResourceNotFoundException"}""";
    private const string Ended = "\"result\":\"succeeded\",\"finishTime\":\"2026-03-30T08:02:00Z\"";
    private const string Covered = """{"coverageData":[{"coverageStats":[{"label":"Lines","covered":8,"total":10}]}]}""";
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_run_that_is_gone_does_not_count_as_a_server_that_tells_nothing_of_runs()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List(Run(7)));
        server.On("/builds/7/changes", Gone, 404);
        server.On("/builds/7/workitems", Gone, 404);
        server.On("buildId=7", Gone, 404);
        var organisation = Of(server);
        organisation.Name("web");
        var first = await organisation.ReadAsync("deployments");
        first.Notices.ShouldBeEmpty();

        server.On("/build/builds", List(Run(8)));
        server.On("/builds/8/changes", List("""{"id":"abc"}"""));
        server.On("buildId=8", Covered);
        var facts = await organisation.NewAsync<Fact>("deployments");
        facts.OfType<RunChangesFact>().ShouldHaveSingleItem().Commits.ShouldHaveSingleItem().Revision.ShouldBe("abc");
        facts.OfType<RunQualityFact>().ShouldHaveSingleItem().Coverage.ShouldBe(new LineCoverage(8, 10));
    }

    [Fact]
    public async Task A_run_whose_coverage_the_server_fails_to_tell_is_said_and_the_others_are_read()
    {
        await using var server = await FailingAsync("buildId=1&");
        var organisation = Of(server);
        var reading = await ReadAsync(organisation);
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("server-error");
        reading.Records.Count(r => r.Kind == "build").ShouldBe(2);
        Quality(organisation, reading).Select(q => q.RunId).ShouldBe(["2"]);

        server.On("buildId=1&", Covered);
        Quality(organisation, await ReadAsync(organisation)).ShouldHaveSingleItem().RunId.ShouldBe("1");
        var last = await ReadAsync(organisation);
        (last.Notices.Count, last.Pages.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Tests_that_the_server_fails_to_list_are_said_and_the_runs_are_read()
    {
        await using var server = await FailingAsync("/test/runs");
        var organisation = Of(server);
        var reading = await ReadAsync(organisation);
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Scope.ShouldBe("test results");
        reading.Records.Count(r => r.Kind == "build").ShouldBe(2);

        server.On("/test/runs", List("""{"id":1,"build":{"id":"1"},"totalTests":3,"passedTests":3}"""));
        Quality(organisation, await ReadAsync(organisation)).Single(q => q.RunId == "1").ShouldSatisfyAllConditions(
            q => q.Tests.ShouldBe(new TestTotals(3, 0, 0)), q => q.Coverage.ShouldBe(new LineCoverage(8, 10)));
    }

    [Fact]
    public async Task A_run_of_which_the_server_fails_to_tell_for_good_is_asked_about_a_few_times()
    {
        await using var server = await FailingAsync("buildId=1&");
        var organisation = Of(server);
        for (var pass = 0; pass < 8; pass++)
            await ReadAsync(organisation);
        var asked = server.Asked("buildId=1&");
        (await ReadAsync(organisation)).Notices.ShouldBeEmpty();
        server.Asked("buildId=1&").ShouldBe(asked);
        asked.ShouldBeInRange(3, 60);
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(403, 0)]
    public async Task An_environment_that_cannot_be_read_is_said_and_costs_no_other_and_only_one_that_the_server_fails_at_is_asked_again_at_once(int status, int again)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/distributedtask/environments", List("""{"id":1,"name":"Test"}""", """{"id":2,"name":"Production"}"""));
        server.On("/1/environmentdeploymentrecords", """{"message":"You may not."}""", status);
        server.On("/2/environmentdeploymentrecords", List($$"""{"id":1,"owner":{"id":7},"stageName":"Prod \ud83d","jobName":"Deploy",{{Ended}}}"""));
        var organisation = Of(server);

        var reading = await ReadAsync(organisation);

        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Scope.ShouldBe("Web/Test");
        reading.Records.SelectMany(r => organisation.Instance.Normaliser.Normalise(r).Facts).OfType<DeploymentJobFact>().ShouldHaveSingleItem().RunId.ShouldBe("7");
        (await ReadAsync(organisation)).Notices.Count.ShouldBe(again);
    }

    [Fact]
    public async Task Classic_deployments_are_told_where_their_releases_are_refused_and_another_project_is_asked_for_its_own()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Api", "Web");
        foreach (var project in new[] { "Api", "Web" })
            server.On($"/{project}/_apis/release/deployments", List("""{"id":1,"attempt":1,"deploymentStatus":"succeeded","lastModifiedOn":"2026-03-30T08:00:00Z","release":{"id":3},"releaseEnvironment":{"id":5,"name":"Production"},"releaseDefinition":{"name":"web"}}"""));
        server.On("/Api/_apis/release/releases", """{"message":"You may not."}""", 403);

        var reading = await new Organisation(server.Address, "secret", "Api", "Web").ReadAsync("deployments");

        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("forbidden");
        reading.Records.Count(r => r.Kind == "release").ShouldBe(2);
        server.Asked("/Web/_apis/release/releases").ShouldBe(1);
    }

    [Fact]
    public async Task A_list_of_environments_that_goes_round_in_circles_is_told()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        Circle(server, "/distributedtask/environments?", """{"id":1,"name":"Production"}""");
        await EndsWithWordsAsync(server, "/distributedtask/environments");
    }

    [Fact]
    public async Task A_list_of_runs_that_goes_round_in_circles_is_told()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        Circle(server, "/build/builds?statusFilter=completed", Run(7));
        await EndsWithWordsAsync(server, "/build/builds");
    }

    [Fact]
    public async Task A_list_of_test_runs_that_goes_round_in_circles_is_told()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List(Run(7)));
        Circle(server, "/test/runs?", """{"id":1,"build":{"id":"7"},"totalTests":3,"passedTests":3}""");
        await EndsWithWordsAsync(server, "/test/runs");
    }

    [Theory]
    [InlineData(404, NotOffered)]
    [InlineData(400, """{"message":"The query is not supported."}""")]
    public async Task Pull_requests_are_found_in_the_list_where_the_server_cannot_be_asked_by_commits(int status, string body)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        MergedRun(server);
        server.On("/pullrequestquery", body, status);
        server.On("/pullrequests/2?", body, status);
        server.On("/pullrequests?searchCriteria.status=completed", List(Merged(1, "def"), Merged(2, "abc")));
        server.On("/pullrequests/2/commits", List("""{"author":{"date":"2026-03-28T07:00:00Z"}}""", """{"author":{"date":"2026-03-27T07:00:00Z"}}"""));
        server.On("/pullrequests/2/workitems", List("""{"id":"41"}"""));
        var organisation = Of(server);
        organisation.Name("web");

        var request = (await organisation.NewAsync<PullRequestFact>("deployments")).ShouldHaveSingleItem();

        (request.Id, request.FirstCommitAt?.Day, request.WorkItems.Single()).ShouldBe(("2", 27, "41"));
        server.Received.Single(r => r.PathAndQuery.Contains("/pullrequests?", StringComparison.Ordinal)).PathAndQuery.ShouldContain("searchCriteria.minTime=2026-03-2");
    }

    [Fact]
    public async Task A_list_of_pull_requests_without_pages_is_not_read_for_ever()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        MergedRun(server);
        server.On("/pullrequestquery", NotOffered, 404);
        server.On("/pullrequests?", List([.. Enumerable.Range(1, 100).Select(i => Merged(i, $"c{i}"))]));
        var organisation = Of(server);
        organisation.Name("web");
        (await organisation.NewAsync<PullRequestFact>("deployments")).ShouldBeEmpty();
        server.Asked("/pullrequests?").ShouldBe(2);
    }

    [Fact]
    public async Task Records_that_come_without_a_run_are_found_within_the_hour()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/distributedtask/environments", List("""{"id":1,"name":"Production"}"""));
        server.On("/1/environmentdeploymentrecords", List());
        var organisation = Of(server);
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldBeEmpty();
        server.On("/1/environmentdeploymentrecords", List($$"""{"id":1,"owner":{"id":9},"stageName":"Prod","jobName":"Deploy","definition":{"name":"web"},{{Ended}}}"""));
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldBeEmpty("nothing tells that there is anything");
        organisation.Clock.Advance(TimeSpan.FromMinutes(61));
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldHaveSingleItem().RunId.ShouldBe("9");
        var asked = server.Received.Count;
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldBeEmpty();
        (server.Received.Count - asked).ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_run_that_never_finished_is_read_once()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List("""{"id":3,"result":"canceled","definition":{"id":1,"name":"web"}}""", Run(7)));
        var organisation = Of(server);
        (await organisation.NewAsync<RunFact>("deployments")).Select(r => r.Id).ShouldBe(["3", "7"], ignoreOrder: true);
        (await organisation.NewAsync<RunFact>("deployments")).ShouldBeEmpty();
        server.On("/build/builds", List("""{"id":3,"result":"canceled","definition":{"id":1,"name":"web"}}""", Run(7), Run(8)));
        (await organisation.NewAsync<RunFact>("deployments")).Select(r => r.Id).ShouldBe(["8"]);
        (await organisation.NewAsync<RunFact>("deployments")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Enumerations_told_as_numbers_are_understood()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("statusFilter=inProgress", List("""{"id":9}"""));
        server.On("/build/builds", List(
            """{"id":7,"result":2,"finishTime":"2026-03-30T08:02:00Z","definition":{"id":1,"name":"web"},"repository":{"type":"TfsGit","id":"r1"},"sourceVersion":"abc"}""",
            """{"id":8,"result":4,"finishTime":"2026-03-30T08:03:00Z","definition":{"id":1,"name":"web"}}""",
            """{"id":9,"result":8,"finishTime":"2026-03-30T08:04:00Z","definition":{"id":1,"name":"web"}}""",
            """{"id":10,"result":32,"finishTime":"2026-03-30T08:05:00Z","definition":{"id":1,"name":"web"}}"""));
        server.On("buildId=", Covered);
        server.On("/distributedtask/environments", List("""{"id":1,"name":"Production"}"""));
        server.On("/1/environmentdeploymentrecords", List([.. Enumerable.Range(0, 6).Select(i => $$"""{"id":{{i + 1}},"owner":{"id":7},"stageName":"S{{i}}","jobName":"J","result":{{i}},"finishTime":"2026-03-30T08:02:00Z"}""")]));
        server.On("/release/deployments", List(Release(4, 0), Release(8, 0), Release(16, 0), Release(2, 0), Release(1, 2048), Release(1, 1024), Release(1, 4)));
        server.On("/pullrequestquery", $$"""{"results":[{"abc":[{{Merged(1, "abc").Replace("\"completed\"", "2", StringComparison.Ordinal)}},{{Merged(2, "abc").Replace("\"completed\"", "3", StringComparison.Ordinal)}}]}]}""");
        var organisation = Of(server);
        organisation.Name("web");

        var facts = await organisation.NewAsync<Fact>("deployments");

        facts.OfType<RunFact>().DistinctBy(r => r.Id).OrderBy(r => int.Parse(r.Id, System.Globalization.CultureInfo.InvariantCulture)).Select(r => r.Result)
            .ShouldBe([DeploymentResult.Succeeded, DeploymentResult.Partial, DeploymentResult.Failed, DeploymentResult.Canceled]);
        facts.OfType<DeploymentJobFact>().Select(j => j.Result)
            .ShouldBe([DeploymentResult.Succeeded, DeploymentResult.Partial, DeploymentResult.Failed, DeploymentResult.Canceled, null, DeploymentResult.Canceled]);
        facts.OfType<DeploymentFact>().Select(d => d.Result)
            .ShouldBe([DeploymentResult.Succeeded, DeploymentResult.Partial, DeploymentResult.Failed, DeploymentResult.Running, DeploymentResult.Canceled, DeploymentResult.Failed]);
        facts.OfType<PullRequestFact>().ShouldHaveSingleItem().Id.ShouldBe("2");
        facts.OfType<RunQualityFact>().Select(q => q.RunId).Distinct().ShouldNotContain("10");
        facts.OfType<RunQualityFact>().ShouldNotBeEmpty();

        static string Release(int status, int operation) =>
            $$"""{"id":{{(status * 100_000) + operation}},"attempt":1,"deploymentStatus":{{status}},"operationStatus":{{operation}},"lastModifiedOn":"2026-03-30T08:00:00Z","release":{"id":{{status}},"artifacts":[]},"releaseEnvironment":{"id":{{operation + 1}},"name":"Production"},"releaseDefinition":{"name":"web"} }""";
    }

    [Fact]
    public async Task What_the_tracker_deletes_later_stays()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        MergedRun(server);
        server.On("/pullrequestquery", $$"""{"results":[{"abc":[{{Merged(2, "abc")}}]}]}""");
        server.On("/distributedtask/environments", List("""{"id":1,"name":"Production"}"""));
        server.On("/1/environmentdeploymentrecords", List($$"""{"id":1,"owner":{"id":7},"stageName":"Prod","jobName":"Deploy",{{Ended}}}"""));
        var organisation = Of(server);
        organisation.Name("web");
        (await organisation.NewAsync<Fact>("deployments")).Select(f => f.GetType()).Distinct().ShouldBe(
            [typeof(DeploymentJobFact), typeof(RunFact), typeof(RunChangesFact), typeof(PullRequestFact)], ignoreOrder: true);

        foreach (var list in new[] { "/build/builds", "/distributedtask/environments", "/1/environmentdeploymentrecords" })
            server.On(list, List());
        server.On("/builds/7/changes", Gone, 404);
        server.On("/pullrequestquery", """{"results":[]}""");
        organisation.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var depth in new[] { ReadDepth.Changes, ReadDepth.Reconcile })
            (await organisation.NewAsync<Fact>("deployments", depth)).ShouldBeEmpty("nothing that is told takes back what was read");
    }

    private static Organisation Of(ScriptedOrganisation server) => new(server.Address, "secret", "Web");

    private static string List(params string[] values) => ScriptedOrganisation.List(values);

    private static string Run(int id) => $$"""{"id":{{id}},"definition":{"id":{{id}},"name":"web"},{{Ended}}}""";

    private static string Merged(int id, string commit) =>
        $$"""{"pullRequestId":{{id}},"status":"completed","closedDate":"2026-03-29T09:00:00Z","lastMergeCommit":{"commitId":"{{commit}}"} }""";

    private static void MergedRun(ScriptedOrganisation server)
    {
        server.On("/build/builds", List($$"""{"id":7,"definition":{"id":1,"name":"web"},"repository":{"type":"TfsGit","id":"r1"},"sourceVersion":"abc","startTime":"2026-03-30T08:00:00Z",{{Ended}}}"""));
        server.On("/builds/7/changes", List("""{"id":"abc","timestamp":"2026-03-29T09:00:00Z"}"""));
    }

    /// <summary>Two runs of two pipelines, all covered, where the server fails at one address.</summary>
    private static async Task<ScriptedOrganisation> FailingAsync(string path)
    {
        var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", List(Run(1), Run(2)));
        server.On("/build/builds?buildIds=1&", List(Run(1)));
        server.On("buildId=", Covered);
        server.On(path, """{"message":"It broke."}""", 500);
        return server;
    }

    private static async Task<Testing.Conformance.Reading> ReadAsync(Organisation organisation) => await organisation.Clock.RunAsync(organisation.ReadAsync("deployments"), Horizon);

    private static IReadOnlyList<RunQualityFact> Quality(Organisation organisation, Testing.Conformance.Reading reading) =>
        [.. reading.Records.SelectMany(r => organisation.Instance.Normaliser.Normalise(r).Facts).OfType<RunQualityFact>()];

    /// <summary>A list whose pages lead from one to the next and back, until somebody has been patient for too long.</summary>
    private static void Circle(ScriptedOrganisation server, string path, string value)
    {
        server.On(path, _ => new(List(value), 200, "a"));
        server.On("continuationToken=a&", _ => Page("b"));
        server.On("continuationToken=b&", _ => Page("a"));

        ScriptedAnswer Page(string next) => new(List(), 200, server.Received.Count > 30 ? null : next);
    }

    private static async Task EndsWithWordsAsync(ScriptedOrganisation server, string path)
    {
        var reading = await Of(server).ReadAsync("deployments");
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("unexpected-answer");
        server.Asked(path).ShouldBeLessThan(10);
    }
}
