using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.PlannedValue;

/// <summary>What was planned to be done by the end of the day, by the weights and dates of the baseline.</summary>
public sealed class PlannedValueMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.pv", "planned value, PV", ScheduleFigure.BaselineUnit) { Form = new() },
        "PV.itemDates",
        ScheduleEvidence.Planned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status =>
            FigureAnswer.Of(status.Planned, status.BudgetInput) with { Method = status.Baseline.Spread is null ? null : "PV.planLinear" });
}
