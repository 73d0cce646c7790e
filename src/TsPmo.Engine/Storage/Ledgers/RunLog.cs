using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>Passes and what they did, in the store.</summary>
internal sealed class RunLog(PmoStore store) : IRunLog
{
    public async Task<long> BeginAsync(DateTimeOffset startedAt, bool full, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        var run = new SyncRunRow { StartedAt = startedAt.ToUnixTimeMilliseconds(), IsFull = full };
        session.Context.SyncRuns.Add(run);
        await session.Context.SaveChangesAsync(cancellationToken);
        await session.CommitAsync(cancellationToken);
        return run.RunId;
    }

    public async Task EndAsync(long run, SyncReport report, CancellationToken cancellationToken)
    {
        var (finished, outcome) = (report.FinishedAt.ToUnixTimeMilliseconds(), report.Outcome.ToString());
        await using var session = await store.WriteAsync(cancellationToken);
        await session.Context.SyncRuns.Where(r => r.RunId == run)
            .ExecuteUpdateAsync(r => r.SetProperty(s => s.FinishedAt, finished).SetProperty(s => s.Outcome, outcome), cancellationToken);
        await session.UpsertAsync([.. report.Connectors.Where(c => !c.IsLeftOut).Select(c => Row(run, report, c))], cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<ConnectorSync>> LastAsync(CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var runs = await context.ConnectorRuns.GroupBy(r => r.Connector)
            .Select(g => new { Connector = g.Key, Last = g.Max(r => r.RunId), Succeeded = g.Max(r => r.IsComplete ? (long?)r.StartedAt : null) })
            .OrderBy(r => r.Connector).ToListAsync(cancellationToken);
        var last = await context.ConnectorRuns.Where(r => context.ConnectorRuns.Where(o => o.Connector == r.Connector).Max(o => o.RunId) == r.RunId)
            .ToDictionaryAsync(r => r.Connector, cancellationToken);
        return [.. runs.Select(r => new ConnectorSync(r.Connector, Instants.FromRow(last[r.Connector].FinishedAt), Report(last[r.Connector]), Instants.FromRow(r.Succeeded)))];
    }

    public async Task<IReadOnlyList<SyncRun>> RecentAsync(int limit, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var runs = await context.SyncRuns.OrderByDescending(r => r.RunId).Take(limit).ToListAsync(cancellationToken);
        var oldest = runs.Count == 0 ? 0 : runs[^1].RunId;
        var parts = (await context.ConnectorRuns.Where(r => r.RunId >= oldest).ToListAsync(cancellationToken)).ToLookup(r => r.RunId);
        return [.. runs.Select(r => new SyncRun(
            r.RunId,
            Instants.FromRow(r.StartedAt),
            Instants.FromRow(r.FinishedAt),
            Enum.TryParse<SyncOutcome>(r.Outcome, out var outcome) ? outcome : null,
            r.IsFull,
            [.. parts[r.RunId].OrderBy(p => p.Connector, StringComparer.Ordinal).Select(Report)]))];
    }

    private static ConnectorRunRow Row(long run, SyncReport report, ConnectorReport connector) => new()
    {
        RunId = run,
        Connector = connector.Name,
        StartedAt = report.StartedAt.ToUnixTimeMilliseconds(),
        FinishedAt = report.FinishedAt.ToUnixTimeMilliseconds(),
        Outcome = connector.Outcome.ToString(),
        IsComplete = connector.IsComplete,
        Result = JsonSerializer.Serialize(connector, SyncJson.Default.ConnectorReport),
    };

    private static ConnectorReport Report(ConnectorRunRow row) =>
        JsonSerializer.Deserialize(row.Result, SyncJson.Default.ConnectorReport)
        ?? new ConnectorReport { Name = row.Connector, Outcome = SyncOutcome.Failed };
}
