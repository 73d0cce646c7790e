using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.CycleTime;

/// <summary>Days from the start of an item to its finish: half, and 85 %, of the items took at most this.</summary>
public sealed class CycleTimeMetric : IMetric
{
    private static readonly (FlowFigure Figure, int Percent)[] Percentiles = [(Of(50), 50), (Of(85), 85)];

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [.. Percentiles.Select(p => p.Figure.Metric)];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        instants.SelectMany(asOf => Percentiles.SelectMany(p => p.Figure.Series(history, [asOf], status => At(p.Figure, p.Percent, status))));

    private static MetricResult At(FlowFigure figure, int percent, FlowStatus status) =>
        figure.Percentile(status, status.FinishedInWindow, percent, e => e.CycleDays, "No item that had been in progress was finished in the window.") with { Window = status.Window };

    private static FlowFigure Of(int percent) => new(
        new($"flow.cycleTime.p{percent}", $"cycle time from start to finish, {percent} % of the items took at most this", "days"), "CycleTime.nearestRank");
}
