using TsPmo.Model.Contracts;
using TsPmo.Model.Costs;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.EstimateAtCompletion;

/// <summary>What the project will have cost in the end, by four formulas.</summary>
public sealed class EstimateAtCompletionMetric : IMetric
{
    private static readonly CostFigure AtCostIndex = Named("cpi", "the rest costs what the work done has cost");
    private static readonly CostFigure AtBudgetRate = Named("budgetRate", "the rest costs what it was budgeted at");
    private static readonly CostFigure AtBothIndices = Named("cpiSpi", "the rest is paid for being late as well");
    private static readonly CostFigure BottomUp = Named("bottomUp", "the rest costs what is estimated to remain");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [AtCostIndex.Metric, AtBudgetRate.Metric, AtBothIndices.Metric, BottomUp.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => instants.SelectMany(asOf => AtCostIndex.Series(history, [asOf], ByCostIndex)
        .Concat(AtBudgetRate.Series(history, [asOf], (performance, status) => FigureAnswer.Of(performance.AtBudgetRate, status.BudgetEarnedAndActual(performance))))
        .Concat(AtBothIndices.Series(history, [asOf], ByBothIndices))
        .Concat(BottomUp.OfSpending(history, [asOf], (actual, status) => FromBelow(history, actual, status))));

    private static FigureAnswer ByCostIndex(CostPerformance performance, CostStatus status)
    {
        var inputs = status.BudgetEarnedAndActual(performance);
        return performance.AtCostIndex is { } value
            ? FigureAnswer.Of(value, performance.AtBothIndices is { } late ? [.. inputs, status.Input("range, to EAC.cpiSpi", late)] : inputs)
            : CostFigure.NoEstimate(performance, inputs);
    }

    private static FigureAnswer ByBothIndices(CostPerformance performance, CostStatus status)
    {
        MetricInput[] inputs = [.. status.BudgetEarnedAndActual(performance), status.Input("planned value PV", performance.Planned)];
        if (performance.AtBothIndices is { } value)
            return FigureAnswer.Of(value, inputs);
        return performance.AtCostIndex is null
            ? CostFigure.NoEstimate(performance, inputs)
            : FigureAnswer.None(Reason.ZeroDenominator, "Nothing was planned to be done by this day.", inputs);
    }

    private static FigureAnswer FromBelow(ProjectHistory history, decimal actual, CostStatus status)
    {
        var spent = status.Input("actual cost AC", actual);
        if (status.Remaining is not { } remaining)
            return FigureAnswer.None(Reason.NoEstimates, "No open item has a remaining estimate.", spent);
        return FigureAnswer.Of(actual + remaining, spent, status.Input("remaining estimates", remaining)) with
        {
            Remarks = status.RemainingFindings,
            Evidence = () => history.Costs.Behind(status, history.Costs.Remaining.Behind(status.AsOf)),
        };
    }

    private static CostFigure Named(string variant, string meaning) => new(
        new MetricDefinition($"cost.eac.{variant}", $"estimate at completion, EAC: {meaning}", CostFigure.CostUnit) { Form = new(2) },
        $"EAC.{variant}");
}
