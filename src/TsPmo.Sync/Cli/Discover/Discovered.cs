using TsPmo.Engine.Pipeline;
using TsPmo.Model.Contracts;

namespace TsPmo.Sync.Cli.Discover;

/// <summary>What one connector showed.</summary>
/// <param name="Connector">The connector.</param>
/// <param name="Found">What it showed, and what kept it from showing more.</param>
internal sealed record Discovered(ConnectorInstance Connector, Discovery Found)
{
    /// <summary>Nothing found and a reason: failed. Something found and a problem: partial.</summary>
    public SyncOutcome Outcome => Found.Problems.Count == 0 ? SyncOutcome.Succeeded
        : Found.Projects.Count == 0 && Found.Statuses.Count == 0 ? SyncOutcome.Failed
        : SyncOutcome.Partial;
}
