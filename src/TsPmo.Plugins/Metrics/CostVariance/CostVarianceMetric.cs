using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Costs;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.CostVariance;

/// <summary>What was earned less what it cost.</summary>
public sealed class CostVarianceMetric : IMetric
{
    private static readonly CostFigure Figure = new(
        new MetricDefinition("cost.cv", "cost variance, CV: + is under cost, - is over cost", CostFigure.CostUnit) { Form = new(2) { IsSigned = true, Above = "under cost", Below = "over cost", Even = "at cost" } },
        "CV.ev-minus-ac");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (performance, status) => FigureAnswer.Of(performance.Variance, [.. status.EarnedAndActual(performance), .. Share(performance)]));

    /// <summary>CV % = CV / EV.</summary>
    private static IEnumerable<MetricInput> Share(CostPerformance performance) => performance.Earned == 0
        ? []
        : [new("share of what was earned, CV %", (performance.Variance / performance.Earned).ToString("P1", CultureInfo.InvariantCulture))];
}
