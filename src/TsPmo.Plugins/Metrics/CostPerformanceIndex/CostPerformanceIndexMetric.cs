using TsPmo.Model.Governance;
using TsPmo.Model.Planning;
using TsPmo.Model.Contracts;
using TsPmo.Model.Costs;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.CostPerformanceIndex;

/// <summary>What was earned per unit of cost.</summary>
public sealed class CostPerformanceIndexMetric : IMetric
{
    private static readonly CostFigure Figure = new(
        new MetricDefinition("cost.cpi", "cost performance index, CPI: above 1 is under cost, below 1 is over cost", "ratio")
        {
            Form = new(2, IsPadded: true) { Neutral = 1, Above = "under cost", Below = "over cost", Even = "at cost" },
            Limits = new BandLimits(0.95m, 0.90m),
        },
        "CPI.ev-over-ac");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (performance, status) => Answer(performance, status, history.Project));

    private static FigureAnswer Answer(CostPerformance performance, CostStatus status, ProjectDefinition project)
    {
        var inputs = status.EarnedAndActual(performance);
        return performance.Index is not { } value
            ? FigureAnswer.None(Reason.ZeroDenominator, "Nothing has been spent.", inputs)
            : FigureAnswer.Of(value, inputs) with
            {
                Band = status.Schedule?.IsTelling == true ? project.LimitsOf(Figure.Metric)?.Of(value) : null,
                Remarks = Suspicion.Of(value),
            };
    }
}
