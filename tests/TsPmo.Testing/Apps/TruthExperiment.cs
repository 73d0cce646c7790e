using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing.Time;
using TsPmo.Testing.Truth;

namespace TsPmo.Testing.Apps;

/// <summary>
/// Reads a portfolio whole and then through rounds of changes while requests go wrong, and compares what the application exports with the sandbox's own account.
/// A pass that ended partial because of a fault is done again, as the schedule would.
/// </summary>
public sealed class TruthExperiment : IAsyncDisposable
{
    /// <summary>What tells one row of an export from the next.</summary>
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

    private const int MostRepeats = 20;

    private readonly TruthPlan _plan;
    private readonly IApplication _application;
    private readonly SandboxServer _sandbox;
    private readonly TemporaryFolder _folder = new();
    private readonly List<TruthPass> _passes = [];

    private TruthExperiment(TruthPlan plan, IApplication application, SandboxServer sandbox)
    {
        (_plan, _application, _sandbox) = (plan, application, sandbox);
        SandboxSettings.Write(SandboxSettings.Of(sandbox, _folder.File("tspmo.db")), Settings);
    }

    /// <summary>The stand-ins.</summary>
    public SandboxServer Sandbox => _sandbox;

    /// <summary>Passes that came to their end.</summary>
    public int Passes => _passes.Count;

    /// <summary>Passes that ended partial and were done again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Acts that happened in the rounds.</summary>
    public int Acts { get; private set; }

    /// <summary>The configuration that reads them.</summary>
    public string Settings => _folder.File("appsettings.json");

    /// <summary>Lets the portfolio happen.</summary>
    public static async Task<TruthExperiment> PrepareAsync(TruthPlan plan, IApplication application, CancellationToken cancellation)
    {
        var options = new SandboxOptions { Clock = new LeapingClock(), Items = plan.Items, Shape = plan.Shape, Seed = plan.Seed, Today = plan.Today };
        return new(plan, application, await SandboxServer.StartAsync(options, cancellation));
    }

    /// <summary>The first pass, over everything there is.</summary>
    public async Task ReadAllAsync()
    {
        foreach (var fault in TruthFaults.Of(_plan))
            _sandbox.AddFault(fault);
        await PassAsync(swept: false);
    }

    /// <summary>All rounds, each with its pass. The last pass sweeps.</summary>
    public async Task FollowAsync(Action<int>? progress, CancellationToken cancellation)
    {
        for (var round = 1; round <= _plan.Rounds; round++)
        {
            var request = RoundRequest.OfEveryTracker(_plan.Seed + (ulong)round, _plan.Acts, _plan.Minutes);
            await RoundAsync(request, swept: round % _plan.SweepEvery == 0 || round == _plan.Rounds, cancellation);
            progress?.Invoke(round);
        }
    }

    /// <summary>One round and its pass.</summary>
    public async Task RoundAsync(RoundRequest request, bool swept, CancellationToken cancellation)
    {
        Acts += await _sandbox.RunRoundAsync(request, cancellation);
        await PassAsync(swept);
    }

    /// <summary>Keeps truth and exports of this moment, so that they can be compared later.</summary>
    public async Task<TruthMoment> KeepAsync(string name)
    {
        var now = _sandbox.Clock.GetUtcNow();
        File.Copy(_sandbox.TruthPath, _folder.File($"{name}.truth"));
        var exports = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in Identities.Keys)
        {
            exports[kind] = _folder.File($"{name}.{kind}");
            var run = await _application.RunAsync(_sandbox.Clock, "export", kind, "--config", Settings, "-o", exports[kind]);
            if (run.ExitCode != 0)
                throw new InvalidOperationException($"export {kind}: exit code {run.ExitCode}: {run.Errors}");
        }

        return new TruthMoment(_folder.File($"{name}.truth"), SandboxTruth.Settings(_sandbox, now) with { Passes = [.. _passes] }, exports);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private async Task PassAsync(bool swept)
    {
        var began = _sandbox.Clock.GetUtcNow();
        for (var repeat = 0; repeat <= MostRepeats; repeat++)
        {
            var run = swept ? await _application.ReconcileAsync(_sandbox.Clock, Settings) : await _application.RunAsync(_sandbox.Clock, "sync", "--config", Settings, "--json");
            if (run.ExitCode == 0)
            {
                _passes.Add(new(began, _sandbox.Clock.GetUtcNow(), swept));
                return;
            }

            if (run.ExitCode != 1 || repeat == MostRepeats)
                throw new InvalidOperationException($"pass {_passes.Count + 1}, exit code {run.ExitCode}: {run.Output}{run.Errors}");
            Repeats++;
        }
    }
}

/// <summary>What the truth and the application said at one moment.</summary>
public sealed class TruthMoment
{
    private readonly IReadOnlyDictionary<string, string> _exports;
    private readonly Lazy<TruthExports> _truth;

    internal TruthMoment(string log, TruthSettings settings, IReadOnlyDictionary<string, string> exports)
    {
        _exports = exports;
        _truth = new(() => new TruthExports(TruthLog.Read(log), settings));
    }

    /// <summary>Differences of one kind, in words, at most <paramref name="limit"/>; empty when there are none.</summary>
    public IReadOnlyList<string> Differences(string kind, int limit = 20) =>
        RowComparison.Differences(_truth.Value.Rows(kind), Rows(kind).Select(row => Settled(kind, row)), TruthExperiment.Identities[kind], limit);

    /// <summary>Rows of the export.</summary>
    public IEnumerable<JsonObject> Rows(string kind) => File.ReadLines(_exports[kind]).Select(line => JsonNode.Parse(line)!.AsObject());

    private JsonObject Settled(string kind, JsonObject row)
    {
        _truth.Value.Settle(kind, row);
        return row;
    }
}
