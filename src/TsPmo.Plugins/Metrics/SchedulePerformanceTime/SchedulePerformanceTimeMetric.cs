using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.SchedulePerformanceTime;

/// <summary>Earned schedule over actual time.</summary>
public sealed class SchedulePerformanceTimeMetric : IMetric
{
    private const decimal Suspicious = 1.10m;
    private static readonly BandLimits Limits = new(0.95m, 0.90m);
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.spit", "schedule performance index (time), SPI(t): above 1 is ahead, below 1 is behind", "ratio")
        {
            Form = new(2, IsPadded: true) { Neutral = 1, Above = "ahead", Below = "behind", Even = "on plan" },
            Limits = Limits,
        },
        "SPIt.es-over-at",
        ScheduleEvidence.PlannedOrEarned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants)
    {
        var limits = history.Project.Thresholds.GetValueOrDefault(Figure.Metric.Name, Limits);
        return Figure.Series(history, instants, status => Answer(status, limits));
    }

    private static ScheduleAnswer Answer(ScheduleStatus status, BandLimits limits)
    {
        if (status.ActualTime == 0)
            return ScheduleAnswer.None(Reason.NotStarted, "The project's first working day has not come.", status.EarnedScheduleInput, status.ActualTimeInput);
        var value = status.EarnedSchedule / status.ActualTime;
        return ScheduleAnswer.Of(value, status.EarnedScheduleInput, status.ActualTimeInput, status.EarnedInput, status.BudgetInput) with
        {
            Band = IsTelling(status) ? BandOf(value, limits) : null,
            Remarks = value > Suspicious
                ? [new Finding("SuspiciousIndex", 0, "An index above 1.10 more often tells of a wrong plan or missing dates than of good work.")]
                : [],
        };
    }

    /// <summary>The index jumps about at the beginning and in tiny plans; a colour would say more than is known.</summary>
    private static bool IsTelling(ScheduleStatus status) =>
        status.ActualTime >= 10 && status.Earned * 100 >= 15 * status.Budget && status.Baseline.Items.Count(status.Baseline.Counts) >= 5;

    private static Band BandOf(decimal value, BandLimits limits) =>
        value >= limits.Amber ? Band.Green : value >= limits.Red ? Band.Amber : Band.Red;
}
