using TsPmo.Model.Governance;
using TsPmo.Model.Contracts;
using TsPmo.Model.Costs;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.ToCompletePerformance;

/// <summary>How well the rest must go for the budget, or the estimate, to be kept.</summary>
public sealed class ToCompletePerformanceMetric : IMetric
{
    private static readonly CostFigure WithinBudget = new(
        new MetricDefinition("cost.tcpi.bac", "to-complete performance index, TCPI: cost performance that the rest needs to keep the budget, above 1 is harder than planned", "ratio")
        {
            Form = new(2, IsPadded: true),
            Limits = new BandLimits(1.10m, 1.20m),
        },
        "TCPI.bac");
    private static readonly CostFigure WithinEstimate = new(
        new MetricDefinition("cost.tcpi.eac", "to-complete performance index, TCPI: cost performance that the rest needs to keep the estimate at completion", "ratio") { Form = new(2, IsPadded: true) },
        "TCPI.eac-cpi");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [WithinBudget.Metric, WithinEstimate.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => instants.SelectMany(asOf =>
        WithinBudget.Series(history, [asOf], (performance, status) => ByBudget(performance, status, history.Project))
            .Concat(WithinEstimate.Series(history, [asOf], ByEstimate)));

    private static FigureAnswer ByBudget(CostPerformance performance, CostStatus status, ProjectDefinition project)
    {
        var inputs = status.BudgetEarnedAndActual(performance);
        return performance.ToCompleteWithinBudget is not { } value
            ? FigureAnswer.None(Reason.Unattainable, "The budget is spent and work is left.", inputs)
            : FigureAnswer.Of(value, inputs) with { Band = status.Schedule?.IsTelling == true ? project.LimitsOf(WithinBudget.Metric)?.Of(value) : null };
    }

    private static FigureAnswer ByEstimate(CostPerformance performance, CostStatus status)
    {
        var inputs = status.BudgetEarnedAndActual(performance);
        return performance.ToCompleteWithinEstimate is { } value ? FigureAnswer.Of(value, inputs) : CostFigure.NoEstimate(performance, inputs);
    }
}
