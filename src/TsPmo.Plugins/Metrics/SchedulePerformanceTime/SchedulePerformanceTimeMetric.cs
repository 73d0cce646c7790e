using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.SchedulePerformanceTime;

/// <summary>Earned schedule over actual time.</summary>
public sealed class SchedulePerformanceTimeMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.spit", "schedule performance index (time), SPI(t): above 1 is ahead, below 1 is behind", "ratio")
        {
            Form = new(2, IsPadded: true) { Neutral = 1, Above = "ahead", Below = "behind", Even = "on plan" },
            Limits = new BandLimits(0.95m, 0.90m),
        },
        "SPIt.es-over-at",
        ScheduleEvidence.PlannedOrEarned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => Answer(status, history.Project));

    private static FigureAnswer Answer(ScheduleStatus status, ProjectDefinition project)
    {
        if (status.SpeedInTime is not { } value)
            return FigureAnswer.None(Reason.NotStarted, "The project's first working day has not come.", status.EarnedScheduleInput, status.ActualTimeInput);
        return FigureAnswer.Of(value, status.EarnedScheduleInput, status.ActualTimeInput, status.EarnedInput, status.BudgetInput) with
        {
            Band = status.IsTelling ? project.LimitsOf(Figure.Metric)?.Of(value) : null,
            Remarks = Suspicion.Of(value),
        };
    }
}
