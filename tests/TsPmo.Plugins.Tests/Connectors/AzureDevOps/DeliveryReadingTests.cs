using System.Globalization;
using Microsoft.AspNetCore.Http;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;
using TsPmo.Testing.Http;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Deployments, what they brought and how it was tested: read once, at a stated cost, whatever the server lacks.</summary>
public sealed class DeliveryReadingTests
{
    private const string Projects = """{"count":1,"value":[{"id":"11111111-0000-4000-8000-000000000001","name":"Web","state":"wellFormed"}]}""";
    private const string Ended = ",\"result\":\"succeeded\",\"finishTime\":\"2026-03-30T08:02:00Z\"";
    private const string Nothing = """{"count":0,"value":[]}""";

    [Fact]
    public async Task A_running_deployment_is_read_until_it_has_ended_and_knows_its_revision_meanwhile()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server);
        server.StandIn.AddDeployment(Deployment("running", null));
        server.StandIn.AddDeployment(Deployment("succeeded", AzureDevOpsServer.At(20)));
        var facts = await organisation.NewAsync<Fact>("deployments");
        var running = facts.OfType<DeploymentJobFact>().Single(d => d.Result == DeploymentResult.Running);
        facts.OfType<RunFact>().Single(r => r.Id == running.RunId).Revision.ShouldBe("abc123");
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).Select(d => d.Result).ShouldBe([DeploymentResult.Running, DeploymentResult.Succeeded], ignoreOrder: true);
    }

    [Fact]
    public async Task A_later_attempt_of_a_classic_deployment_has_a_higher_version()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var attempts = new[] { new DeploymentAttempt("failed", AzureDevOpsServer.At(0), AzureDevOpsServer.At(5)) };
        server.StandIn.AddDeployment(Deployment("partial", AzureDevOpsServer.At(20)) with { Attempts = attempts, Source = "release" });
        var last = (await Of(server).NewAsync<DeploymentFact>("deployments")).MaxBy(d => d.Version).ShouldNotBeNull();
        (last.Result, last.Revision, last.StartedAt?.Minute).ShouldBe((DeploymentResult.Partial, "abc123", 10));
    }

    [Fact]
    public async Task What_is_known_costs_three_requests_a_project_however_many_environments_it_has()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server);
        foreach (var environment in new[] { "dev", "test", "Production" })
            server.StandIn.AddDeployment(Deployment("succeeded", AzureDevOpsServer.At(20)) with { Environment = environment });
        server.StandIn.AddDeployment(Deployment("failed", AzureDevOpsServer.At(30)) with { Source = "release" });
        await organisation.ReadAsync("deployments");
        var traffic = (ITraffic)organisation.Instance.Connector;
        var before = traffic.Total.Requests;

        (await organisation.ReadAsync("deployments")).Pages.ShouldBeEmpty();

        (traffic.Total.Requests - before).ShouldBe(1 + 3);
    }

    [Fact]
    public async Task A_run_that_deploys_tells_its_commits_items_and_tests_once()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var change = ChangeSpec.Of("abc123", AzureDevOpsServer.At(10), [server.Story(0)]) with { WorkItems = ["1"] };
        server.StandIn.AddDeployment(Deployment("succeeded", AzureDevOpsServer.At(20)) with { Change = change });
        var organisation = Of(server);

        var facts = await organisation.NewAsync<Fact>("deployments");

        var deployed = facts.OfType<DeploymentJobFact>().ShouldHaveSingleItem();
        var brought = facts.OfType<RunChangesFact>().ShouldHaveSingleItem();
        brought.RunId.ShouldBe(deployed.RunId);
        brought.Commits.Select(c => (c.Revision, Whole(c.At))).ShouldBe(change.Commits.Select(c => (c.Revision, Whole(c.At))), ignoreOrder: true);
        brought.WorkItems.ShouldBe(["1"]);
        var quality = facts.OfType<RunQualityFact>().Single(q => q.RunId == deployed.RunId);
        quality.Tests.ShouldBe(new TestTotals(change.Tests.Passed, change.Tests.Failed, change.Tests.NotExecuted));
        quality.Coverage.ShouldBe(new LineCoverage(change.Tests.LinesCovered, change.Tests.LinesCovered + change.Tests.LinesNotCovered));
    }

    [Fact]
    public async Task A_pull_request_is_read_once_with_its_first_commit_when_its_merge_is_deployed()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var change = ChangeSpec.Of("abc123", AzureDevOpsServer.At(10), [server.Story(0)]);
        var organisation = Of(server);
        server.StandIn.AddDeployment(Deployment("succeeded", AzureDevOpsServer.At(20)) with { Change = change });

        var request = (await organisation.NewAsync<PullRequestFact>("deployments")).ShouldHaveSingleItem();
        (request.MergeRevision, Whole(request.MergedAt), Whole(request.FirstCommitAt)).ShouldBe(("abc123", Whole(change.MergedAt), Whole(change.Commits[0].At)));
        request.WorkItems.ShouldBe(change.WorkItems);

        server.StandIn.AddDeployment(Deployment("succeeded", AzureDevOpsServer.At(25)) with { StartedAt = AzureDevOpsServer.At(22), Revision = "def456" });
        server.StandIn.AddDeployment(Deployment("succeeded", AzureDevOpsServer.At(26)) with { StartedAt = AzureDevOpsServer.At(24), Change = change });
        (await organisation.NewAsync<PullRequestFact>("deployments")).Select(p => p.MergeRevision).ShouldBe(["def456"]);
    }

    [Fact]
    public async Task Runs_that_were_not_deployed_cost_nothing_and_what_they_brought_comes_with_the_next_that_was()
    {
        var asked = new List<string>();
        await using var server = await DeployingAsync([11, 14], asked);
        var organisation = Of(server);

        var brought = await organisation.NewAsync<RunChangesFact>("deployments");

        brought.Select(c => (c.RunId, string.Join(' ', c.Commits.Select(m => m.Revision)))).ShouldBe([("11", "of10 10to11"), ("14", "11to14")]);
        asked.Where(a => a.Contains("changes", StringComparison.Ordinal)).ShouldBe(["builds/10/changes", "changes?10-11", "changes?11-14"], ignoreOrder: true);
        asked.Clear();
        (await organisation.NewAsync<RunChangesFact>("deployments")).ShouldBeEmpty();
        asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_could_not_be_read_of_a_deployed_run_is_read_in_the_next_pass()
    {
        var (asked, isDown) = (new List<string>(), true);
        await using var server = await DeployingAsync([11], asked, () => isDown);
        var organisation = Of(server);
        (await organisation.ReadAsync("deployments")).Notices.ShouldNotBeEmpty();
        isDown = false;
        (await organisation.NewAsync<RunChangesFact>("deployments")).Select(c => c.RunId).ShouldBe(["11"]);
    }

    [Fact]
    public async Task The_runs_of_a_pipeline_that_is_named_later_tell_what_they_brought_from_then_on()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.AddDeployment(Deployment("succeeded", AzureDevOpsServer.At(20)));
        var organisation = Of(server);
        var unnamed = await organisation.NewAsync<RunChangesFact>("deployments");
        unnamed.Count.ShouldBe(1);

        organisation.Name("web-ci");

        var brought = await organisation.NewAsync<RunChangesFact>("deployments");
        brought.ShouldNotBeEmpty();
        brought.ShouldAllBe(c => c.RunId != unnamed[0].RunId);
        (await organisation.NewAsync<RunChangesFact>("deployments")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tests_are_listed_by_the_week_and_coverage_is_asked_for_once_a_week_and_for_the_newest_run()
    {
        DateTimeOffset monday = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
        var runs = Enumerable.Range(0, 30).Select(i => (Id: i + 1, Finish: monday.AddDays(i))).ToList();
        await using var server = await StartAsync(path => path switch
        {
            _ when path.EndsWith("/builds", StringComparison.Ordinal) => $$"""{"value":[{{string.Join(',', runs.Select(r => Run(r.Id, r.Finish)))}}]}""",
            _ when path.EndsWith("/test/runs", StringComparison.Ordinal) => $$"""{"value":[{{string.Join(',', runs.Select(r => $$"""{"id":{{r.Id}},"build":{"id":"{{r.Id}}"},"totalTests":{{r.Id}},"passedTests":{{r.Id}}}"""))}}]}""",
            _ when path.EndsWith("/codecoverage", StringComparison.Ordinal) => """{"coverageData":[{"coverageStats":[{"label":"Lines","covered":8,"total":10}]}]}""",
            _ => Nothing,
        }, running: Nothing);

        var quality = await Of(server).NewAsync<RunQualityFact>("deployments");

        server.Received.Count(r => r.PathAndQuery.Contains("/test/runs", StringComparison.Ordinal)).ShouldBe(5);
        quality.Where(q => q.Coverage is not null).Select(q => q.RunId).Distinct().ShouldBe(["1", "8", "15", "22", "29", "30"], ignoreOrder: true);
        quality.GroupBy(q => q.RunId).ShouldAllBe(q => q.Last().Tests == new TestTotals(long.Parse(q.Key, CultureInfo.InvariantCulture), 0, 0));
        quality.Select(q => q.RunId).Distinct().Count().ShouldBe(30);
    }

    [Fact]
    public async Task Jobs_of_one_stage_that_end_in_two_passes_are_told_each_when_it_ends()
    {
        var second = "";
        await using var server = await StartAsync(path => path switch
        {
            _ when path.EndsWith("/environments", StringComparison.Ordinal) => """{"value":[{"id":5,"name":"Production"}]}""",
            _ when path.EndsWith("deploymentrecords", StringComparison.Ordinal) => $$"""{"value":[{{Record(11, "us", second)}},{{Record(10, "eu", ",\"result\":\"failed\",\"finishTime\":\"2026-03-30T08:02:00Z\"")}}]}""",
            _ => """{"value":[{"id":7,"status":"inProgress","definition":{"id":1,"name":"web"}}]}""",
        });
        var organisation = Of(server);
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).Select(j => (j.Job, j.Result)).ShouldBe([("us/", DeploymentResult.Running), ("eu/", DeploymentResult.Failed)]);

        second = ",\"result\":\"succeeded\",\"finishTime\":\"2026-03-30T08:09:00Z\"";
        var ended = (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldHaveSingleItem();
        (ended.Job, ended.Result, ended.DeploymentId).ShouldBe(("us/", DeploymentResult.Succeeded, "environment/5/7/Deploy"));
    }

    [Fact]
    public async Task Environments_are_found_at_the_newer_place_where_the_token_may_not_manage_them_and_that_is_remembered()
    {
        await using var server = await StartAsync(path => path switch
        {
            _ when path.Contains("distributedtask", StringComparison.Ordinal) => null,
            _ when path.EndsWith("/environments", StringComparison.Ordinal) => """{"value":[{"id":5,"name":"Production"}]}""",
            _ when path.EndsWith("deploymentrecords", StringComparison.Ordinal) => $$"""{"value":[{{Record(11, "us", "")}}]}""",
            _ => """{"value":[{"id":7,"status":"inProgress","definition":{"id":1,"name":"web"}}]}""",
        });
        var organisation = Of(server);
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).Count.ShouldBe(1);
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).Count.ShouldBe(1);
        server.Received.Count(r => r.PathAndQuery.Contains("distributedtask", StringComparison.Ordinal)).ShouldBe(1);
        server.Received.Where(r => r.PathAndQuery.Contains("pipelines/environments", StringComparison.Ordinal)).ShouldAllBe(r => r.PathAndQuery.Contains("api-version=7.2-preview.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_the_server_forgot_to_close_does_not_hold_the_mark()
    {
        await using var server = await StartAsync(path => path switch
        {
            _ when path.EndsWith("/environments", StringComparison.Ordinal) => """{"value":[{"id":5,"name":"Production"}]}""",
            _ when path.EndsWith("deploymentrecords", StringComparison.Ordinal) => $$"""{"value":[{{Record(11, "us", ",\"result\":\"succeeded\"")}},{{Record(10, "eu", "").Replace("2026-03-30", "2025-12-01", StringComparison.Ordinal)}}]}""",
            _ => """{"value":[{"id":7,"status":"inProgress","definition":{"id":1,"name":"web"}}]}""",
        });
        var organisation = Of(server);
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).Count.ShouldBe(2);
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_server_lacks_is_told_once_and_the_rest_is_read()
    {
        await using var server = await StartAsync(path =>
            path.Contains("/test", StringComparison.Ordinal) || path.Contains("/git/", StringComparison.Ordinal) || path.Contains("/environments", StringComparison.Ordinal) ? "" :
            path.EndsWith("/builds", StringComparison.Ordinal) ? """{"value":[{"id":7,"result":"succeeded","finishTime":"2026-03-30T08:00:00Z","definition":{"id":1,"name":"web"}}]}""" : Nothing);
        var organisation = Of(server);
        var first = await organisation.ReadAsync("deployments");
        first.Failure.ShouldBeNull();
        first.Notices.Select(n => n.Scope).ShouldBe(["test results", "code coverage"], ignoreOrder: true);
        first.Records.Select(r => r.Kind).ShouldBe(["build"]);

        var second = await organisation.ReadAsync("deployments");
        second.Notices.ShouldBeEmpty();
        server.Received.Count(r => r.PathAndQuery.Contains("/test/runs", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Environments_that_could_not_be_read_stay_owed()
    {
        var isDown = true;
        await using var server = await StartAsync(path => path switch
        {
            _ when path.Contains("/environments", StringComparison.Ordinal) && isDown => null,
            _ when path.EndsWith("/environments", StringComparison.Ordinal) => """{"value":[{"id":5,"name":"Production"}]}""",
            _ when path.EndsWith("deploymentrecords", StringComparison.Ordinal) => $$"""{"value":[{{Record(11, "us", ",\"result\":\"succeeded\"")}}]}""",
            _ when path.EndsWith("/builds", StringComparison.Ordinal) => """{"value":[{"id":7,"status":"completed","result":"canceled","finishTime":"2026-03-30T08:00:00Z","definition":{"id":1,"name":"web"}}]}""",
            _ => Nothing,
        }, running: Nothing);
        var organisation = Of(server);
        (await organisation.ReadAsync("deployments")).Notices.ShouldHaveSingleItem().Code.ShouldBe("forbidden");
        isDown = false;
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).Count.ShouldBe(1);
        (await organisation.NewAsync<DeploymentJobFact>("deployments")).ShouldBeEmpty();
    }

    /// <summary>The stand-in adds digits below the millisecond.</summary>
    private static long? Whole(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static string Record(int id, string job, string end, int run = 7) =>
        $$"""{"id":{{id}},"definition":{"id":1,"name":"web"},"owner":{"id":{{run}}},"stageName":"Deploy","jobName":"{{job}}","stageAttempt":1,"jobAttempt":1,"queueTime":"2026-03-30T08:00:00Z","startTime":"2026-03-30T08:00:00Z"{{end}}}""";

    private static string Run(int id, DateTimeOffset finish) =>
        $$"""{"id":{{id}},"status":"completed","result":"succeeded","finishTime":"{{finish.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}","definition":{"id":1,"name":"web"},"sourceBranch":"refs/heads/main"}""";

    /// <summary>Five runs, 10 to 14, of which some were deployed. A range of runs brought one commit, named after it.</summary>
    private static Task<LoopbackServer> DeployingAsync(int[] deployed, List<string> asked, Func<bool>? isDown = null) => LoopbackServer.StartAsync((context, _) =>
    {
        var (path, query) = (context.Request.Path.Value ?? "", context.Request.Query);
        var range = $"{query["fromBuildId"]}-{query["toBuildId"]}";
        var single = path.Split("/builds/") is [_, var rest] ? rest.Split('/')[0] : null;
        if (path.EndsWith("/changes", StringComparison.Ordinal) || path.Contains("/build/workitems", StringComparison.Ordinal))
        {
            // Runs are asked about at the same time.
            lock (asked)
                asked.Add(single is null ? $"{path.Split('/')[^1]}?{range}" : $"builds/{single}/{path.Split('/')[^1]}");
        }

        var ids = query.ContainsKey("buildIds") ? query["buildIds"].ToString().Split(',').Select(int.Parse) : Enumerable.Range(10, query["$top"] == "1" ? 1 : 5);
        string? body = path switch
        {
            _ when path.EndsWith("/_apis/projects", StringComparison.Ordinal) => Projects,
            _ when path.EndsWith("/environments", StringComparison.Ordinal) => """{"value":[{"id":5,"name":"Production"}]}""",
            _ when path.EndsWith("deploymentrecords", StringComparison.Ordinal) =>
                $$"""{"value":[{{string.Join(',', deployed.Reverse().Select(run => Record(run, "eu", Ended, run)))}}]}""",
            _ when path.EndsWith("/changes", StringComparison.Ordinal) => isDown?.Invoke() == true ? null : $$"""{"value":[{"id":"{{(single is null ? range.Replace("-", "to", StringComparison.Ordinal) : "of" + single)}}"}]}""",
            _ when path.EndsWith("/builds", StringComparison.Ordinal) => query["statusFilter"] == "inProgress" ? Nothing
                : $$"""{"value":[{{string.Join(',', ids.Select(id => Run(id, AzureDevOpsServer.At(id))))}}]}""",
            _ => Nothing,
        };
        context.Response.StatusCode = body is null ? 400 : 200;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body ?? "{}");
    });

    /// <summary>A server that answers with texts: null is a refusal, an empty text a resource that does not exist.</summary>
    private static Task<LoopbackServer> StartAsync(Func<string, string?> answer, string? running = null) => LoopbackServer.StartAsync((context, _) =>
    {
        var path = context.Request.Path.Value ?? "";
        var isRunning = running is not null && context.Request.Query["statusFilter"] == "inProgress";
        var body = path.EndsWith("/_apis/projects", StringComparison.Ordinal) ? Projects : isRunning ? running : answer(path);
        context.Response.StatusCode = body switch { null => 403, "" => 404, _ => 200 };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body is { Length: > 0 } ? body : """{"message":"It cannot be had.","typeKey":"VssResourceNotFoundException"}""");
    });

    private static Organisation Of(AzureDevOpsServer server) => new(server.Address, AzureDevOpsServer.Token, "Web");

    private static Organisation Of(LoopbackServer server) => new(server.Address.AbsoluteUri, "secret", "Web");

    private static DeploymentSpec Deployment(string result, DateTimeOffset? finished) =>
        new("Web", "Production", "web", "environment", result, AzureDevOpsServer.At(10), finished, "abc123");
}
