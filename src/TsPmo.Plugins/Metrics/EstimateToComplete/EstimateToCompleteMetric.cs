using TsPmo.Model.Contracts;
using TsPmo.Model.Costs;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.EstimateToComplete;

/// <summary>What the rest of the project will cost.</summary>
public sealed class EstimateToCompleteMetric : IMetric
{
    private static readonly CostFigure Figure = new(
        new MetricDefinition("cost.etc", "estimate to complete, ETC", CostFigure.CostUnit) { Form = new(2) },
        "ETC.eac-cpi-minus-ac");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (performance, status) => performance.ToGo is { } value
            ? FigureAnswer.Of(value, status.BudgetEarnedAndActual(performance))
            : CostFigure.NoEstimate(performance, status.BudgetEarnedAndActual(performance)));
}
