using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.Arrivals;

/// <summary>Items created per week.</summary>
public sealed class ArrivalsMetric : IMetric
{
    private static readonly FlowFigure Figure = new(new("flow.arrivals", "arrivals, items created per week", "items per week"), "Arrivals.itemsPerWeek");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => WithNetFlow(Figure.PerWeek(status, status.Arrived, "items created", Created), status));

    private static MetricResult WithNetFlow(MetricResult result, FlowStatus status) => result is NotMeasurable ? result : result with
    {
        Inputs = [.. result.Inputs, new("net flow", string.Create(CultureInfo.InvariantCulture, $"{status.Arrived.Count} created - {status.FinishedInWindow.Count} finished = {status.Arrived.Count - status.FinishedInWindow.Count} items"))],
    };

    private static string Created(FlowEntry entry) => string.Create(CultureInfo.InvariantCulture, $"created {entry.Life.CreatedDay:yyyy-MM-dd}");
}
