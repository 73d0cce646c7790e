using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.ScheduleVariance;

/// <summary>Earned less planned value.</summary>
public sealed class ScheduleVarianceMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.sv", "schedule variance, SV: + is ahead of the plan, - is behind", ScheduleFigure.BaselineUnit) { Form = new() { IsSigned = true, Above = "ahead", Below = "behind", Even = "on plan" } },
        "SV.ev-minus-pv",
        ScheduleEvidence.PlannedOrEarned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status =>
            FigureAnswer.Of(status.Earned - status.Planned, status.EarnedInput, status.PlannedInput));
}
