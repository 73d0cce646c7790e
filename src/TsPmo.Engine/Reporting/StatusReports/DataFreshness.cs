using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>How fresh the data of a project are.</summary>
/// <param name="DataAsOf">Start of the oldest last successful pass over the project's connectors; null: one of them was never read whole.</param>
/// <param name="IsStale">Whether the data are too old to say more than that.</param>
public sealed record DataFreshness(DateTimeOffset? DataAsOf, bool IsStale)
{
    /// <summary>The freshness of a project's data at an instant. A project without sources has nothing that could be stale.</summary>
    public static DataFreshness Of(ProjectDefinition project, IReadOnlyList<ConnectorSync> passes, TimeSpan maxStaleness, DateTimeOffset now)
    {
        var succeeded = project.Sources
            .Select(s => s.Connector)
            .Distinct(StringComparer.Ordinal)
            .Select(connector => passes.FirstOrDefault(p => p.Connector == connector)?.SucceededAt)
            .ToArray();
        if (succeeded.Length == 0)
            return new(now, IsStale: false);
        if (succeeded.Any(s => s is null))
            return new(null, IsStale: true);
        var oldest = succeeded.Min();
        return new(oldest, now - oldest > maxStaleness);
    }
}
