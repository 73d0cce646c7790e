using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.SchedulePerformance;

/// <summary>Earned over planned value.</summary>
public sealed class SchedulePerformanceMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.spi", "schedule performance index, SPI: above 1 is ahead of the plan, below 1 is behind", "ratio") { Form = new(2, IsPadded: true) { Neutral = 1, Above = "ahead", Below = "behind", Even = "on plan" } },
        "SPI.ev-over-pv",
        ScheduleEvidence.PlannedOrEarned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => status.Planned == 0
            ? ScheduleAnswer.None(Reason.ZeroDenominator, "Nothing was planned to be done by this day.", status.EarnedInput, status.PlannedInput)
            : ScheduleAnswer.Of(status.Earned / status.Planned, status.EarnedInput, status.PlannedInput));
}
