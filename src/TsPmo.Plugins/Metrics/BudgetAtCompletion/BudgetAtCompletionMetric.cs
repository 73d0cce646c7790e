using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.BudgetAtCompletion;

/// <summary>All weight of the baseline that is phased over time.</summary>
public sealed class BudgetAtCompletionMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.bac", "budget at completion, BAC", ScheduleFigure.BaselineUnit) { Form = new() },
        "BAC.baselineWeights",
        ScheduleEvidence.All);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => FigureAnswer.Of(status.Budget));
}
