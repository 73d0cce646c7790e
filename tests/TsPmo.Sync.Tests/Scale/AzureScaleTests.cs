using System.Globalization;
using System.Text.Json.Nodes;
using TsPmo.Testing;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Scale;

namespace TsPmo.Sync.Tests.Scale;

/// <summary>What a first pass costs by the size of the organisation: all requests beyond the batches of the feeds are constant, and what is held at once is a batch.</summary>
public sealed class AzureScaleTests : IDisposable
{
    private const long MostHeap = 64L << 20;
    private const double MostSurplus = 1.05;
    private const int PerProject = 10;

    private static readonly AzureSite Site = new(4000);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_first_pass_with_little_memory_needs_hardly_more_requests_than_the_feeds_have_batches()
    {
        await using var server = await ScaleServer.StartAsync(Site);
        var settings = _folder.File("appsettings.json");
        SandboxSettings.Write(ScaleRun.AzureSettings(server, _folder.File("tspmo.db")), settings);
        var limited = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"0x{MostHeap:x}"), ["DOTNET_gcServer"] = "0" };

        using var pass = TspmoProcess.Start(["sync", "--config", settings, "--json"], environment: limited);
        var run = await pass.EndAsync(TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        ((long)JsonNode.Parse(run.Output)!["connectors"]![0]!["changesStored"]!).ShouldBeGreaterThanOrEqualTo(Site.Revisions - Site.Items);
        var batches = server.Requests.Where(r => r.Key.Contains("/{id}/_apis/wit/reporting/workitemrevisions", StringComparison.Ordinal)).Sum(r => r.Value);
        var asked = string.Join('\n', server.Requests.Select(r => $"{r.Key} {r.Value}"));
        ((double)batches).ShouldBeInRange(1, MostSurplus * ScaleRun.LeastRequests(Site), asked);
        (server.Requests.Values.Sum() - batches).ShouldBeLessThanOrEqualTo(10 + (PerProject * AzureSite.Projects), asked);
    }
}
