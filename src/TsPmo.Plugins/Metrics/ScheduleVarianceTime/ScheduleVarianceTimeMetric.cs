using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.ScheduleVarianceTime;

/// <summary>How many working days the project is ahead of or behind its baseline.</summary>
public sealed class ScheduleVarianceTimeMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.svt", "schedule variance (time), SV(t): + is ahead, - is behind", "working days") { Form = new(1) { IsSigned = true, Above = "ahead", Below = "behind", Even = "on plan" } },
        "SVt.es-minus-at",
        ScheduleEvidence.PlannedOrEarned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status =>
            FigureAnswer.Of(status.EarnedSchedule - status.ActualTime, status.EarnedScheduleInput, status.ActualTimeInput, status.EarnedInput, status.DurationInput));
}
