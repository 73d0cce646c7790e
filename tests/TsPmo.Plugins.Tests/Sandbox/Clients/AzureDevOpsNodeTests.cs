using TsPmo.Sandbox;
using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Sandbox.Control;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing;

namespace TsPmo.Plugins.Tests.Sandbox.Clients;

/// <summary>The vendor's client reads and writes the stand-in organisation: a judge who knows nothing of this code.</summary>
public sealed class AzureDevOpsNodeTests(AzureDevOpsNodeClients clients) : IClassFixture<AzureDevOpsNodeClients>
{
    private const string NeedsNode = "Node with npm is not installed.", Script = "services.mjs";
    private const int FewestCalls = 70;

    [Theory(Skip = NeedsNode, SkipWhen = nameof(Optional.LacksNode), SkipType = typeof(Optional))]
    [InlineData(AzureDevOpsEdition.Services, "/demo")]
    [InlineData(AzureDevOpsEdition.Server2022, "/tfs/DefaultCollection")]
    [InlineData(AzureDevOpsEdition.Server2019, "/tfs/DefaultCollection")]
    public async Task The_vendors_client_reads_and_writes_the_stand_in_without_an_error(AzureDevOpsEdition edition, string path)
    {
        var options = new SandboxOptions { Clock = new StoppedClock(), Items = 400, Seed = 7, AzureDevOpsPath = path };
        await using var sandbox = await SandboxServer.StartAsync(options, TestContext.Current.CancellationToken);
        sandbox.AzureDevOps("azureDevOps").Switches = new() { Edition = edition };
        await sandbox.RunRoundAsync(RoundRequest.OfEveryTracker(3, 200, 60), TestContext.Current.CancellationToken);
        var said = await RunAsync(sandbox);

        said.Where(line => !line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe([$"{said.Count - 1} ok, 0 failed"]);
        said.Count.ShouldBeGreaterThan(FewestCalls);
    }

    [Fact(Skip = NeedsNode, SkipWhen = nameof(Optional.LacksNode), SkipType = typeof(Optional))]
    public async Task The_vendors_client_notices_an_answer_that_is_none()
    {
        await using var sandbox = await StoppedClock.StartAsync(400);
        sandbox.AddFault(new FaultRule(FaultAction.Status, Path: "workItemsBatch", Status: 200, Body: """{"count":0,"value":{}}"""));
        var said = await RunAsync(sandbox);

        said.Where(line => line.StartsWith("FAILED", StringComparison.Ordinal)).ShouldContain(line => line.StartsWith("FAILED batch", StringComparison.Ordinal));
    }

    private Task<IReadOnlyList<string>> RunAsync(SandboxServer sandbox)
    {
        var tracker = sandbox.Trackers.Single(t => t.Kind == TrackerKind.AzureDevOps);
        return clients.ReadAsync(Script, tracker.BaseUrl, tracker.User, tracker.Token);
    }
}
