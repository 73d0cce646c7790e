using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.EarnedValue;

/// <summary>What is done, by the weights of the baseline.</summary>
public sealed class EarnedValueMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.ev", "earned value, EV", ScheduleFigure.BaselineUnit) { Form = new() },
        "EV.baselineWeights",
        ScheduleEvidence.Earned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => FigureAnswer.Of(status.Earned, status.BudgetInput));
}
