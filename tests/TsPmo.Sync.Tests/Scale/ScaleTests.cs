using System.Text.Json.Nodes;
using TsPmo.Testing;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Scale;

namespace TsPmo.Sync.Tests.Scale;

/// <summary>What a first pass costs by the size of the tracker.</summary>
public sealed class ScaleTests : IDisposable
{
    private const double MostSurplus = 1.05;
    private const long MostHeap = 48L << 20;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_first_pass_needs_hardly_more_requests_than_the_page_caps_allow()
    {
        var site = new ScaleSite(5000, IsCloud: true);
        await using var server = await ScaleServer.StartAsync(site);

        var run = await InProcess.RunAsync(TimeProvider.System, "sync", "--config", Settings(server, site), "--json");

        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        ((long)Report(run)["itemsRead"]!).ShouldBe(site.Issues);
        ((long)Report(run)["changesStored"]!).ShouldBeGreaterThanOrEqualTo(site.Changes);
        var bulk = server.Requests.Where(r => r.Key.Contains("search", StringComparison.Ordinal) || r.Key.Contains("bulkfetch", StringComparison.Ordinal)).Sum(r => r.Value);
        var asked = string.Join('\n', server.Requests.Select(r => $"{r.Key} {r.Value}"));
        ((double)bulk).ShouldBeLessThanOrEqualTo(MostSurplus * ScaleRun.LeastRequests(site), asked);
        (server.Requests.Values.Sum() - bulk).ShouldBeLessThanOrEqualTo(10 + (5 * ScaleSite.Projects), asked);
    }

    [Fact]
    public async Task A_pass_over_an_unchanged_site_with_an_active_board_in_each_project_costs_no_more_than_was_promised()
    {
        var site = new ScaleSite(1000, IsCloud: true);
        await using var server = await ScaleServer.StartAsync(site);
        var settings = Settings(server, site);
        (await InProcess.RunAsync(TimeProvider.System, "sync", "--config", settings)).ExitCode.ShouldBe(0);
        server.ClearRequests();

        var run = await InProcess.RunAsync(TimeProvider.System, "sync", "--config", settings, "--json");

        ((long)Report(run)["changesStored"]!).ShouldBe(0);
        var asked = string.Join('\n', server.Requests.Select(r => $"{r.Key} {r.Value}"));
        server.Requests["GET /rest/agile/1.0/board/{id}/sprint"].ShouldBe(ScaleSite.Projects, asked);
        ((long)server.Requests.Values.Sum()).ShouldBe(ScaleRun.UnchangedRequests, asked);
    }

    /// <summary>What is held at once is a batch of issues as received, whatever the size of the project: neither all issues with their histories nor one whole answer as parsed JSON would fit.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_memory_of_a_pass_does_not_grow_with_the_project(bool isCloud)
    {
        var site = new ScaleSite(8000, isCloud);
        await using var server = await ScaleServer.StartAsync(site);
        var limited = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0x{MostHeap:x}"), ["DOTNET_gcServer"] = "0" };

        using var pass = TspmoProcess.Start(["sync", "--config", Settings(server, site), "--json"], environment: limited);
        var run = await pass.EndAsync(TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        ((long)Report(run)["itemsRead"]!).ShouldBe(site.Issues);
    }

    public void Dispose() => _folder.Dispose();

    private static JsonObject Report(TspmoResult run) => JsonNode.Parse(run.Output)!["connectors"]![0]!.AsObject();

    private string Settings(ScaleServer server, ScaleSite site)
    {
        var file = _folder.File("appsettings.json");
        SandboxSettings.Write(ScaleRun.Settings(server, site, _folder.File("tspmo.db")), file);
        return file;
    }
}
