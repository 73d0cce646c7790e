using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Costs;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.ActualCost;

/// <summary>What the work booked so far has cost.</summary>
public sealed class ActualCostMetric : IMetric
{
    private static readonly CostFigure Figure = new(
        new MetricDefinition("cost.ac", "actual cost, AC", CostFigure.CostUnit) { Form = new(2) },
        "AC.timeEntries");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.OfSpending(history, instants, (actual, status) => FigureAnswer.Of(
            actual,
            new(status.IsBurnt ? "hours of capacity" : "booked hours", status.Hours.ToString("0.##", CultureInfo.InvariantCulture)),
            new("entries", status.Entries.ToString(CultureInfo.InvariantCulture))) with { Method = status.IsBurnt ? "AC.capacityBurn" : null });
}
