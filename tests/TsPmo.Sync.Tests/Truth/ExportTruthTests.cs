using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Sync.Tests.Truth;

/// <summary>The exports beside the sandbox's own account of what happened, for every field of every kind on all three stand-ins.</summary>
public sealed class ExportTruthTests(ReadSandbox read) : IClassFixture<ReadSandbox>
{
    public static TheoryData<string> Kinds => [.. ReadSandbox.Identities.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public async Task After_a_full_pass_the_export_equals_the_log_of(string kind) =>
        (await read.FirstAsync(kind)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Kinds))]
    public async Task After_ten_rounds_read_incrementally_the_export_equals_the_log_of(string kind) =>
        (await read.LastAsync(kind)).ShouldBeEmpty();

    [Fact]
    public async Task The_rounds_changed_something_of_every_kind_that_moves()
    {
        foreach (var kind in new[] { "work-items", "changes", "sprints", "deployments", "time-entries", "links" })
            (await read.RowsThatMovedAsync(kind)).ShouldBeGreaterThan(0, kind);
    }
}

/// <summary>A sandbox that was read once in full and then after each of ten rounds of changes.</summary>
public sealed class ReadSandbox : IAsyncLifetime
{
    public static readonly IReadOnlyDictionary<string, string[]> Identities = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["work-items"] = ["connector", "id"],
        ["changes"] = ["connector", "id", "at", "field"],
        ["sprints"] = ["connector", "id"],
        ["milestones"] = ["connector", "id"],
        ["deployments"] = ["connector", "id"],
        ["people"] = ["id"],
        ["time-entries"] = ["connector", "id"],
        ["capacities"] = ["connector", "team", "sprint", "person"],
        ["links"] = ["fromConnector", "fromId", "kind", "toConnector", "toId"],
    };

    private const int Rounds = 10;

    private readonly TemporaryFolder _folder = new();
    private SandboxServer? _sandbox;

    private SandboxServer Sandbox => _sandbox ?? throw new InvalidOperationException("The sandbox has not started.");

    private string Settings => _folder.File("appsettings.json");

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = TimeProvider.System, Items = 1500, Seed = 11, Today = new DateOnly(2026, 6, 30) }, cancellation);
        SandboxSettings.Write(SandboxSettings.Of(_sandbox, _folder.File("tspmo.db")), Settings);
        await SyncAsync();
        await KeepAsync("first");
        for (ulong round = 1; round <= Rounds; round++)
        {
            await _sandbox.RunRoundAsync(new RoundRequest(round, Acts: 60, Minutes: 30), cancellation);
            await SyncAsync();
        }

        await KeepAsync("last");
    }

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    public Task<IReadOnlyList<string>> FirstAsync(string kind) => DifferencesAsync("first", kind);

    public Task<IReadOnlyList<string>> LastAsync(string kind) => DifferencesAsync("last", kind);

    public async Task<int> RowsThatMovedAsync(string kind)
    {
        var before = (await RowsAsync("first", kind)).Select(r => r.ToJsonString()).ToHashSet(StringComparer.Ordinal);
        return (await RowsAsync("last", kind)).Count(r => !before.Contains(r.ToJsonString()));
    }

    private async Task<IReadOnlyList<string>> DifferencesAsync(string moment, string kind)
    {
        var now = DateTimeOffset.Parse(await File.ReadAllTextAsync(_folder.File($"{moment}.now")), System.Globalization.CultureInfo.InvariantCulture);
        var truth = new TruthExports(TruthLog.Read(_folder.File($"{moment}.truth")), SandboxTruth.Settings(Sandbox, now));
        return RowComparison.Differences(truth.Rows(kind), await RowsAsync(moment, kind), Identities[kind]);
    }

    private async Task<IReadOnlyList<JsonObject>> RowsAsync(string moment, string kind) =>
        [.. (await File.ReadAllLinesAsync(_folder.File($"{moment}.{kind}"))).Select(line => JsonNode.Parse(line)!.AsObject())];

    private async Task SyncAsync()
    {
        var run = await InProcess.RunAsync(Sandbox.Clock, "sync", "--config", Settings, "--json");
        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
    }

    /// <summary>Keeps truth and exports of this moment, so that each kind can be compared in a test of its own.</summary>
    private async Task KeepAsync(string moment)
    {
        await File.WriteAllTextAsync(_folder.File($"{moment}.now"), Sandbox.Clock.GetUtcNow().ToString("o", System.Globalization.CultureInfo.InvariantCulture));
        File.Copy(Sandbox.TruthPath, _folder.File($"{moment}.truth"));
        foreach (var kind in Identities.Keys)
        {
            var run = await InProcess.RunAsync(Sandbox.Clock, "export", kind, "--config", Settings, "-o", _folder.File($"{moment}.{kind}"));
            run.ExitCode.ShouldBe(0, run.Errors);
        }
    }
}
