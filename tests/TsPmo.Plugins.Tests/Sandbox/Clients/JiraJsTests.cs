using TsPmo.Sandbox;
using TsPmo.Sandbox.Control;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing;

namespace TsPmo.Plugins.Tests.Sandbox.Clients;

/// <summary>The clients that other people use read the stand-ins: a judge who knows nothing of this code.</summary>
public sealed class JiraJsTests(JiraJsClients clients) : IClassFixture<JiraJsClients>
{
    private const string NeedsNode = "Node with npm is not installed.";

    [Theory(Skip = NeedsNode, SkipWhen = nameof(Optional.LacksNode), SkipType = typeof(Optional))]
    [InlineData("cloud-6.mjs", TrackerKind.JiraCloud, 45)]
    [InlineData("cloud-5.mjs", TrackerKind.JiraCloud, 20)]
    [InlineData("data-center-5.mjs", TrackerKind.JiraDataCenter, 15)]
    public async Task A_published_client_reads_the_stand_in_without_an_error(string script, TrackerKind kind, int fewestCalls)
    {
        await using var sandbox = await StoppedClock.StartAsync(400);
        await sandbox.RunRoundAsync(RoundRequest.OfEverything(3, 200, 60), TestContext.Current.CancellationToken);
        sandbox.Jira("jiraCloud").Switches = new() { OldBoardLists = true };
        var said = await ReadAsync(sandbox, script, kind);

        said.Where(line => !line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe([$"{said.Count - 1} ok, 0 failed"]);
        said.Count.ShouldBeGreaterThan(fewestCalls);
    }

    [Fact(Skip = NeedsNode, SkipWhen = nameof(Optional.LacksNode), SkipType = typeof(Optional))]
    public async Task The_validating_client_refuses_an_answer_of_another_shape()
    {
        await using var sandbox = await StoppedClock.StartAsync(200);
        sandbox.AddFault(new FaultRule(FaultAction.Status, Path: "serverInfo", Status: 200, Body: """{"baseUrl":7,"versionNumbers":"none"}"""));
        var said = await ReadAsync(sandbox, "cloud-6.mjs", TrackerKind.JiraCloud);

        said.Single(line => line.StartsWith("FAILED", StringComparison.Ordinal)).ShouldStartWith("FAILED serverInfo");
    }

    private Task<IReadOnlyList<string>> ReadAsync(SandboxServer sandbox, string script, TrackerKind kind)
    {
        var tracker = sandbox.Trackers.Single(t => t.Kind == kind);
        return clients.ReadAsync(script, tracker.BaseUrl, tracker.User, tracker.Token);
    }
}
