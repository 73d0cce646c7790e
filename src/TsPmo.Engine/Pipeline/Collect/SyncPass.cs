using System.Data.Common;
using Microsoft.Extensions.Logging;
using TsPmo.Engine.Pipeline.Query;
using TsPmo.Engine.Pipeline.Sweep;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Contracts;

namespace TsPmo.Engine.Pipeline.Collect;

/// <summary>Runs the connectors of one pass side by side and writes down what came of it.</summary>
internal sealed partial class SyncPass(
    IPmoSource pmo, IFactStore facts, ISweepLedger swept, IQueryLedger queries, IRunLog runs, ILeases leases, IEnumerable<ICommitObserver> observers, TimeProvider clock, ILogger<SyncPass> log) : ISyncPass
{
    /// <summary>Connectors read at the same time: trackers are slow, the store is one.</summary>
    private const int ConnectorsAtOnce = 8;

    private static readonly TimeSpan LeaseRetry = TimeSpan.FromSeconds(1);

    public async Task<SyncReport> RunAsync(SyncRequest request, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetUtcNow();
        var chosen = pmo.Current.Connectors.Where(c => request.Connectors is null || request.Connectors.Contains(c.Name, StringComparer.Ordinal))
            .OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        var run = await runs.BeginAsync(startedAt, request.Depth == ReadDepth.Everything, cancellationToken);
        var reports = new ConnectorReport[chosen.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ConnectorsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, chosen.Count, options, async (i, token) => reports[i] = await RunLeasedAsync(chosen[i], request, progress, token));
        var report = new SyncReport(startedAt, clock.GetUtcNow(), SyncOutcomes.Together([.. reports.Select(r => r.Outcome)]), reports);
        await runs.EndAsync(run, report, cancellationToken);
        return report;
    }

    private async Task<ConnectorReport> RunLeasedAsync(ConnectorInstance connector, SyncRequest request, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var told = connector.Connector as ITraffic;
        var before = told?.Total ?? default;
        var tally = new SyncTally(connector.Name, progress);
        try
        {
            await using var lease = await TakeAsync(connector.Name, request.Patience, cancellationToken);
            if (lease is null)
                return LeftOut(connector.Name);
            var writer = new PageWriter(connector, facts, observers, tally);
            var sweep = new SweepPass(connector, facts, swept, writer, tally, clock);
            var asking = new QueryPass(connector, pmo.Current.Definition.Projects.Values.SelectMany(p => p.Sources), queries, tally, clock);
            await new ConnectorPass(connector, facts, writer, sweep, asking, tally).RunAsync(request.Depth, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failed(log, connector.Name, failure);
            tally.CutShort(failure is DbException ? StoreFailed(connector.Name) : Unexpected(connector.Name));
        }

        return tally.Report((told?.Total ?? default).Since(before), told?.Headroom);
    }

    /// <summary>The lease of the connector, waited for as long as the request has patience; null when another pass keeps it.</summary>
    private async Task<IAsyncDisposable?> TakeAsync(string connector, TimeSpan patience, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            if (await leases.TryTakeAsync($"sync-{connector}", cancellationToken) is { } lease)
                return lease;
            if (clock.GetElapsedTime(begun) >= patience)
                return null;
            await Task.Delay(LeaseRetry, clock, cancellationToken);
        }
    }

    private static ConnectorReport LeftOut(string connector) =>
        new() { Name = connector, Outcome = SyncOutcome.Failed, IsLeftOut = true, Errors = [SyncError.Of(AlreadyRunning(connector))] };

    private static Problem AlreadyRunning(string connector) => new(
        "already-running", $"Another pass over '{connector}' is running.", "Wait for it, or stop it.") { Scope = connector, Retryable = true };

    private static Problem StoreFailed(string connector) => new(
        "store-failed", $"The store refused what was read from '{connector}'; what was stored until then is whole.",
        "Check the disk and the rights on the store; the next pass goes on from the last stored page.") { Scope = connector, Retryable = true };

    private static Problem Unexpected(string connector) => new(
        "internal-error", $"The pass over '{connector}' ended by a fault of this program; what was stored until then is whole.",
        "See the log for details and report it; the next pass goes on from the last stored page.") { Scope = connector, Retryable = true };

    [LoggerMessage(Level = LogLevel.Error, Message = "The pass over {Connector} ended unexpectedly")]
    private static partial void Failed(ILogger logger, string connector, Exception failure);
}
