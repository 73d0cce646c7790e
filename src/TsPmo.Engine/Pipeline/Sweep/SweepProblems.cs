using TsPmo.Engine.Pipeline.Collect;
using TsPmo.Model;
using TsPmo.Model.Contracts;

namespace TsPmo.Engine.Pipeline.Sweep;

/// <summary>What a listing that said nothing itself must be said of.</summary>
internal static class SweepProblems
{
    /// <summary>That projects were not listed whole, or that the listing had no end; null when all is well or the rest was told before in this pass.</summary>
    public static Problem? Unlisted(ConnectorInstance connector, IReadOnlyList<string>? completed, SyncTally tally)
    {
        var unlisted = connector.Projects.Except(completed ?? [], StringComparer.OrdinalIgnoreCase).Where(p => !tally.HasTold(p)).ToList();
        if (completed is not null && unlisted.Count == 0)
            return null;
        return new Problem(
            "not-swept",
            $"The items of {(unlisted.Count == 0 ? connector.Name : string.Join(", ", unlisted))} could not be listed whole, so nothing was concluded about what was deleted there.",
            "Check that the account may still see them; the next reconciliation tries again.") { Scope = connector.Name, Retryable = true };
    }
}
