using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.EarnedSchedule;

/// <summary>The working day by which what is earned was planned to be earned.</summary>
public sealed class EarnedScheduleMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.es", "earned schedule, ES", "working days") { Form = new() },
        "ES.lipke",
        ScheduleEvidence.PlannedOrEarned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status =>
            FigureAnswer.Of(status.EarnedSchedule, status.EarnedInput, status.BudgetInput, status.DurationInput));
}
