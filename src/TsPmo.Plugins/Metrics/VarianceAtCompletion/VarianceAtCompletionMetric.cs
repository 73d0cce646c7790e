using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Costs;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.VarianceAtCompletion;

/// <summary>By how much the budget will be missed.</summary>
public sealed class VarianceAtCompletionMetric : IMetric
{
    private static readonly CostFigure Figure = new(
        new MetricDefinition("cost.vac", "variance at completion, VAC: + is under budget, - is over budget", CostFigure.CostUnit) { Form = new(2) { IsSigned = true, Above = "under budget", Below = "over budget", Even = "at budget" } },
        "VAC.bac-minus-eac-cpi");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Figure.Series(history, instants, Answer);

    /// <summary>Beside it VAC % = VAC / BAC.</summary>
    private static FigureAnswer Answer(CostPerformance performance, CostStatus status)
    {
        var inputs = status.BudgetEarnedAndActual(performance);
        return performance.VarianceAtCompletion is { } value
            ? FigureAnswer.Of(value, [.. inputs, new("share of the budget, VAC %", (value / performance.Budget).ToString("P1", CultureInfo.InvariantCulture))])
            : CostFigure.NoEstimate(performance, inputs);
    }
}
