using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.Throughput;

/// <summary>Items delivered per week.</summary>
public sealed class ThroughputMetric : IMetric
{
    private static readonly FlowFigure Figure = new(new("flow.throughput", "throughput, items finished per week", "items per week"), "Throughput.itemsPerWeek");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => Figure.PerWeek(status, status.FinishedInWindow, "items finished", Finished));

    private static string Finished(FlowEntry entry) => string.Create(CultureInfo.InvariantCulture, $"finished {entry.Step.Finish?.Day:yyyy-MM-dd}");
}
