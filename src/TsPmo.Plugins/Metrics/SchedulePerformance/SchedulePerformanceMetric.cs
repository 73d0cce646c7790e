using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.SchedulePerformance;

/// <summary>Earned over planned value.</summary>
public sealed class SchedulePerformanceMetric : IMetric
{
    private const int LatePercent = 80;

    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.spi", "schedule performance index, SPI: above 1 is ahead of the plan, below 1 is behind", "ratio") { Form = new(2, IsPadded: true) { Neutral = 1, Above = "ahead", Below = "behind", Even = "on plan" } },
        "SPI.ev-over-pv",
        ScheduleEvidence.PlannedOrEarned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, Answer);

    private static FigureAnswer Answer(ScheduleStatus status) => status.Planned == 0
        ? FigureAnswer.None(Reason.ZeroDenominator, "Nothing was planned to be done by this day.", status.EarnedInput, status.PlannedInput)
        : FigureAnswer.Of(status.Earned / status.Planned, status.EarnedInput, status.PlannedInput) with { Remarks = Remarks(status) };

    private static IReadOnlyList<Finding> Remarks(ScheduleStatus status) => status.Planned * 100 < LatePercent * status.Budget
        ? []
        : [new Finding("NotJudged", 0, "80 % or more of the budget is planned by now: from here on SPI nears 1 however late the project is, and is not judged; SPI(t) is.")];
}
