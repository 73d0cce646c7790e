using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.ToCompleteScheduleTime;

/// <summary>How fast the rest must go for the project to finish on the planned day.</summary>
public sealed class ToCompleteScheduleTimeMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.tspi", "to-complete schedule performance index, TSPI: the speed that the rest needs, above 1 is faster than planned", "ratio") { Form = new(2, IsPadded: true) },
        "TSPI.to-planned-finish",
        ScheduleEvidence.PlannedOrEarned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Figure.Series(history, instants, Answer);

    private static FigureAnswer Answer(ScheduleStatus status)
    {
        MetricInput[] inputs = [status.DurationInput, status.EarnedScheduleInput, status.ActualTimeInput];
        if (status.EarnedSchedule >= status.Duration)
            return FigureAnswer.Of(0, inputs);
        return status.ActualTime >= status.Duration
            ? FigureAnswer.None(Reason.Unattainable, "The planned finish has passed and work is left.", inputs)
            : FigureAnswer.Of((status.Duration - status.EarnedSchedule) / (status.Duration - status.ActualTime), inputs);
    }
}
