using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing;
using TsPmo.Testing.Apps;

namespace TsPmo.Sync.Tests.Truth;

/// <summary>The zone of the machine decides nothing: a day is a day of the PMO, an instant is an instant.</summary>
public sealed class MachineZoneTests
{
    private static readonly string[] Kinds = ["work-items", "changes", "sprints", "deployments", "people", "time-entries", "capacities", "links"];

    [Fact]
    public async Task Machines_in_Tokyo_and_in_Los_Angeles_export_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var options = new SandboxOptions { Clock = TimeProvider.System, Items = 150, Seed = 7, Shape = PortfolioShape.Organisation };
        await using var sandbox = await SandboxServer.StartAsync(options, TestContext.Current.CancellationToken);
        var asOf = sandbox.Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

        var (tokyo, losAngeles) = (Machine("Asia/Tokyo"), Machine("America/Los_Angeles"));
        await Task.WhenAll(tokyo, losAngeles);

        foreach (var (kind, east, west) in Kinds.Zip(await tokyo, await losAngeles))
        {
            east.Length.ShouldBeGreaterThan(0, kind);
            west.AsSpan().SequenceEqual(east).ShouldBeTrue(kind);
        }

        async Task<IReadOnlyList<byte[]>> Machine(string zone)
        {
            var (name, exports) = (zone.Replace('/', '-'), new List<byte[]>());
            var (settings, environment) = (folder.File($"{name}.json"), new Dictionary<string, string> { ["TZ"] = zone });
            var written = SandboxSettings.Of(sandbox, folder.File($"{name}.db"));
            // The runs of a year would take most of the time and prove nothing more.
            written["TsPmo"]!["Connectors"]!["azureDevOps"]!["HistorySince"] = sandbox.Today.AddDays(-45).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
            SandboxSettings.Write(written, settings);
            await RunAsync(environment, "sync", "--config", settings);
            foreach (var kind in Kinds)
            {
                var file = folder.File($"{name}.{kind}");
                await RunAsync(environment, "export", kind, "--as-of", asOf, "--config", settings, "-o", file);
                exports.Add(await File.ReadAllBytesAsync(file));
            }

            return exports;
        }
    }

    private static async Task RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = TspmoProcess.Start(arguments, environment: environment);
        var run = await process.EndAsync(TestContext.Current.CancellationToken);
        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
    }
}
