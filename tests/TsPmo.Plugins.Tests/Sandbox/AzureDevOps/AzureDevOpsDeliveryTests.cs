using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

public sealed class AzureDevOpsDeliveryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 3, 12, 0, 0, 1, TimeSpan.Zero);

    [Theory]
    [InlineData("distributedtask", "7.1")]
    [InlineData("pipelines", "7.2-preview.1")]
    public async Task A_deployment_is_a_run_with_a_record_for_each_attempt_newest_first(string area, string version)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.StandIn.AddDeployment(Deployment("environment") with { Attempts = [new("failed", Noon.AddHours(-1), Noon.AddMinutes(-50))] });
        var environments = await server.GetAsync($"/Web/_apis/{area}/environments?api-version={version}");
        ((string?)environments["value"]![0]!["name"]).ShouldBe("prod");

        var path = $"/Web/_apis/{area}/environments/1/environmentdeploymentrecords?api-version={version}";
        var records = (await server.GetAsync(path))["value"]!.AsArray();
        records.Select(r => ((int?)r!["stageAttempt"], (string?)r["result"])).ShouldBe([(2, "succeeded"), (1, "failed")]);
        var run = (int?)records[0]!["owner"]!["id"];
        id.ShouldBe($"environment/1/{run}/prod");

        var first = await server.SendAsync(HttpMethod.Get, path + "&top=1");
        (first.Values.Count, first.ContinuationToken).ShouldBe((1, "2"));
        ((int?)(await server.GetAsync(path + "&top=1&continuationToken=2"))["value"]![0]!["stageAttempt"]).ShouldBe(1);
        ((string?)(await server.GetAsync($"/Web/_apis/build/builds/{run}?api-version=7.1"))["sourceVersion"]).ShouldBe("abc123");
    }

    [Fact]
    public async Task Instants_of_runs_have_digits_below_the_millisecond()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.AddDeployment(Deployment("environment"));
        var record = (await server.GetAsync("/Web/_apis/distributedtask/environments/1/environmentdeploymentrecords?api-version=7.1"))["value"]![0]!;
        ((string?)record["startTime"]).ShouldBe("2026-03-03T12:00:00.0015Z");
    }

    [Fact]
    public async Task Builds_are_filtered_by_the_time_their_order_names_and_paged_by_a_header()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.AddDeployment(Deployment("environment"));
        server.StandIn.AddDeployment(Deployment("environment") with { Result = "running", FinishedAt = null, StartedAt = Noon.AddDays(1) });
        const string builds = "/Web/_apis/build/builds?api-version=7.2-preview.7";
        (await server.SendAsync(HttpMethod.Get, builds)).Values.Count.ShouldBe(6);

        var first = await server.SendAsync(HttpMethod.Get, builds + "&statusFilter=2&queryOrder=2&$top=3");
        first.Values.Count.ShouldBe(3);
        var second = await server.SendAsync(HttpMethod.Get, $"{builds}&statusFilter=completed&queryOrder=finishTimeAscending&$top=3&continuationToken={first.ContinuationToken}");
        (second.Values.Count, second.ContinuationToken).ShouldBe((2, null));
        var late = await server.SendAsync(HttpMethod.Get, builds + "&queryOrder=startTimeAscending&minTime=Wed, 04 Mar 2026 12:00:00 GMT");
        late.Values.Select(b => ((string?)b!["status"], b["finishTime"])).ShouldBe([("inProgress", null)]);
        (await server.GetAsync("/Web/_apis/build/builds/1/changes?api-version=7.1"))["value"]!.AsArray().Count.ShouldBeGreaterThan(1);
        (await server.GetAsync("/Web/_apis/build/definitions?api-version=7.1"))["value"]!.AsArray().Select(d => (string?)d!["name"]).ShouldBe(["shop-ci", "shop"], ignoreOrder: true);
    }

    [Fact]
    public async Task Classic_deployments_say_none_with_the_first_year()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.StandIn.AddDeployment(Deployment("release") with { Attempts = [new("failed", Noon.AddHours(-1), Noon.AddMinutes(-50))] });
        id.ShouldBe("release/1/1");
        server.StandIn.AddDeployment(Deployment("release") with { Result = "partial" });
        const string path = "/Web/_apis/release/deployments?api-version=7.1";
        var rows = (await server.GetAsync(path + "&queryOrder=ascending"))["value"]!.AsArray();
        rows.Select(r => ((int?)r!["attempt"], (string?)r["deploymentStatus"], (string?)r["operationStatus"])).ShouldBe(
            [(1, "failed", "PhaseFailed"), (2, "succeeded", "Approved"), (1, "partiallySucceeded", "PhasePartiallySucceeded")]);
        ((string?)rows[0]!["queuedOn"], (string?)rows[0]!["releaseEnvironment"]!["name"]).ShouldBe(("0001-01-01T00:00:00", "prod"));
        rows[2]!.AsObject().ContainsKey("completedOn").ShouldBeFalse();
        ((string?)rows[2]!["lastModifiedOn"]).ShouldNotBeNull().ShouldStartWith("2026-03-03T12:05:00");
        ((string?)rows[0]!["release"]!["artifacts"]![0]!["definitionReference"]!["sourceVersion"]!["id"]).ShouldBe("abc123");

        var first = await server.SendAsync(HttpMethod.Get, path + "&queryOrder=1&$top=2");
        first.ContinuationToken.ShouldBe("3");
        (await server.SendAsync(HttpMethod.Get, path + "&queryOrder=1&$top=2&continuationToken=3")).Values.Count.ShouldBe(1);
        (await server.SendAsync(HttpMethod.Get, path + "&latestAttemptsOnly=true&deploymentStatus=4")).Values.Count.ShouldBe(1);
        (await server.SendAsync(HttpMethod.Get, "/Web/_apis/release/releases/1?api-version=7.1")).Status.ShouldBe(200);
    }

    private static DeploymentSpec Deployment(string source) => new("Web", "prod", "shop", source, "succeeded", Noon, Noon.AddMinutes(5), "abc123");
}
