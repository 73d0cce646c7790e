using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.ItemLeadTime;

/// <summary>Days from the creation of an item to its finish: 85 % of the items took at most this.</summary>
public sealed class ItemLeadTimeMetric : IMetric
{
    private static readonly FlowFigure Figure = new(
        new("flow.leadTime.p85", "lead time from creation to finish, 85 % of the items took at most this", "days"), "LeadTime.nearestRank");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Figure.Series(history, instants, status =>
        Figure.Percentile(status, status.FinishedInWindow, 85, e => e.LeadDays, "No item was finished in the window.") with { Window = status.Window });
}
