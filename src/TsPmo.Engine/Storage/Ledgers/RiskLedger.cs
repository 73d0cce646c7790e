using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Risks;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>What people said about risks, in the store.</summary>
internal sealed class RiskLedger(PmoStore store) : IRiskLedger
{
    public async Task AddAsync(string project, RiskDecision decision, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        await session.UpsertAsync(
        [
            new RiskDecisionRow
            {
                Project = project, Risk = decision.Risk, At = decision.At.ToUnixTimeMilliseconds(), By = decision.By, Status = decision.Status, Reason = decision.Reason,
                Title = decision.Title, Probability = decision.Probability, Impact = decision.Impact,
            },
        ], cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<RiskDecision>> OfAsync(string project, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var rows = await context.RiskDecisions.Where(d => d.Project == project).OrderBy(d => d.At).ThenBy(d => d.Risk).ToListAsync(cancellationToken);
        return [.. rows.Select(d => new RiskDecision(d.Risk, Instants.FromRow(d.At), d.By, d.Status, d.Reason) { Title = d.Title, Probability = d.Probability, Impact = d.Impact })];
    }
}
