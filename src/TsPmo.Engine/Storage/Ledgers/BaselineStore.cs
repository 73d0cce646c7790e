using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Planning;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>Captured baselines in the store.</summary>
internal sealed class BaselineStore(PmoStore store) : IBaselineStore
{
    public async Task<IReadOnlyList<Baseline>> ReadAsync(string project, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var rows = await context.Baselines.Where(b => b.Project == project).OrderBy(b => b.CapturedAt).ThenBy(b => b.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(BaselineContent.Read)];
    }

    public async Task<bool> AddAsync(string project, Baseline baseline, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        if (await session.Context.Baselines.AnyAsync(b => b.Project == project && b.Id == baseline.Id, cancellationToken))
            return false;
        await session.UpsertAsync<BaselineRow>([BaselineContent.Write(project, baseline)], cancellationToken);
        await session.CommitAsync(cancellationToken);
        return true;
    }
}
