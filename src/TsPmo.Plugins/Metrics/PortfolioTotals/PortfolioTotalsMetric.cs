using TsPmo.Model.Contracts;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Plugins.Metrics.PortfolioTotals;

/// <summary>Sums over the projects of a portfolio, ratios of such sums, and the probability that all of them finish in time.</summary>
public sealed class PortfolioTotalsMetric : IPortfolioMetric
{
    private static readonly FigureForm Index = new(2, IsPadded: true) { Neutral = 1 };
    private static readonly Total[] Totals =
    [
        Sum("schedule.bac", "budget at completion, BAC"), Sum("schedule.pv", "planned value, PV"), Sum("schedule.ev", "earned value, EV"),
        Sum("schedule.sv", "schedule variance, SV: + is ahead, - is behind", new(1) { IsSigned = true, Above = "ahead", Below = "behind", Even = "on plan" }),
        Sum("cost.ac", "actual cost, AC"), Sum("cost.cv", "cost variance, CV: + is under budget, - is over budget", new(2) { IsSigned = true, Above = "under budget", Below = "over budget", Even = "on budget" }),
        Sum("cost.eac.cpi", "estimate at completion, EAC"), Sum("cost.etc", "estimate to complete, ETC"),
        Sum("cost.vac", "variance at completion, VAC: + is under budget, - is over budget", new(2) { IsSigned = true, Above = "under budget", Below = "over budget", Even = "on budget" }),
        Sum("flow.throughput", "throughput", new(1)), Sum("flow.arrivals", "arrivals", new(1)), Sum("flow.wip", "work in progress", new(0)),
        new(new("schedule.spi", "schedule performance index over the projects, SPI: above 1 is ahead, below 1 is behind", "ratio") { Form = Index with { Above = "ahead", Below = "behind", Even = "on plan" } },
            "SPI.sum-over-sum", ["schedule.ev", "schedule.pv"], p => Ratio(p.Sum("schedule.ev"), p.Sum("schedule.pv"))),
        new(new("cost.cpi", "cost performance index over the projects, CPI: above 1 is under budget, below 1 is over budget", "ratio") { Form = Index with { Above = "under budget", Below = "over budget", Even = "on budget" } },
            "CPI.sum-over-sum", ["cost.ac", "cost.cv"], p => Ratio(p.Sum("cost.ac") + p.Sum("cost.cv"), p.Sum("cost.ac"))),
        new(new("schedule.finishProbability", "probability that every project finishes in time", "ratio") { Form = new(2, IsPadded: true) },
            "P.product", ["schedule.finishProbability"], p => p.Values("schedule.finishProbability").Aggregate(1m, (all, one) => all * one)),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [.. Totals.Select(t => t.Metric)];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(PortfolioResults portfolio) =>
        Totals.Select(t => Pooled.Of(portfolio, t.Of).Result(new Figure(t.Metric, t.Method), t.Value));

    private static Total Sum(string metric, string label, FigureForm? form = null) =>
        new(new(metric, $"{label}, sum over the projects", "") { Form = form ?? new(2) }, "sum", [metric], p => p.Sum(metric));

    private static decimal? Ratio(decimal numerator, decimal denominator) => denominator == 0 ? null : numerator / denominator;

    private sealed record Total(MetricDefinition Metric, string Method, IReadOnlyList<string> Of, Func<Pooled, decimal?> Value);
}
