using TsPmo.Engine.Pipeline.Collect;
using TsPmo.Engine.Storage;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.Pipeline.Query;

/// <summary>
/// Asks which items fulfil the conditions by which sources narrow a project. The answers decide membership and nothing else: what the items hold comes from the streams. Nothing is
/// concluded from an answer that did not come to its end.
/// </summary>
internal sealed class QueryPass(ConnectorInstance connector, IEnumerable<SourceBinding> sources, IQueryLedger ledger, SyncTally tally, TimeProvider clock)
{
    private const string Part = "queries";

    public async Task RunAsync(IQuerying power, CancellationToken cancellationToken)
    {
        foreach (var source in sources.Where(s => s.Connector == connector.Name && s.Query is not null).DistinctBy(s => s.QueryKey, StringComparer.Ordinal))
        {
            var asked = clock.GetUtcNow();
            if (await AskAsync(power, source, cancellationToken) is { } matching)
                await ledger.TakeAsync(connector.Name, source.QueryKey ?? "", matching, asked, cancellationToken);
        }
    }

    /// <summary>Ids of the items that fulfil the condition; null where not all of them could be listed.</summary>
    private async Task<HashSet<string>?> AskAsync(IQuerying power, SourceBinding source, CancellationToken cancellationToken)
    {
        var (matching, isComplete) = (new HashSet<string>(StringComparer.Ordinal), false);
        await foreach (var step in power.MatchAsync(source.Project, source.Query ?? "", cancellationToken).WithCancellation(cancellationToken))
        {
            switch (step)
            {
                case SweptItems items:
                    matching.UnionWith(items.Ids);
                    tally.Going(Part);
                    break;
                case SweepCompleted end:
                    isComplete = end.Projects.Contains(source.Project, StringComparer.OrdinalIgnoreCase);
                    break;
                case ReadNotice notice:
                    tally.Fail(notice.Problem);
                    break;
                case ReadFailure failure:
                    tally.Fail(failure.Problem with { Scope = failure.Problem.Scope ?? source.Name });
                    return null;
            }
        }

        return isComplete ? matching : null;
    }
}
