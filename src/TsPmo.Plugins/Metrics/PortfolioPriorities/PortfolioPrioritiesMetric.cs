using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Plugins.Metrics.PortfolioPriorities;

/// <summary>What delay costs, and which project to serve first: cost of delay over remaining duration.</summary>
public sealed class PortfolioPrioritiesMetric : IPortfolioMetric
{
    private static readonly Figure CostOfDelay = new(new("portfolio.costOfDelay", "cost of delay", "money per week") { Form = new(2) }, "CoD.configured");
    private static readonly Figure Priority = new(new("portfolio.wsjf", "weighted shortest job first: the highest is served first", "money per week per week") { Form = new(2) }, "WSJF.cod-over-p50");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [CostOfDelay.Metric, Priority.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(PortfolioResults portfolio)
    {
        var candidates = portfolio.Projects.Select(p => new Candidate(p, portfolio.Calendar.DayOf(portfolio.AsOf))).ToArray();
        var ranks = candidates.Where(c => c.CostOfDelay is not null && c.Weeks is not null).Order(Candidate.FirstServedFirst).ToList();
        return [Sum(portfolio, candidates), .. candidates.Select(c => Delay(portfolio, c)), Highest(portfolio, ranks), .. candidates.Select(c => Rank(portfolio, c, ranks))];
    }

    private static MetricResult Sum(PortfolioResults portfolio, Candidate[] candidates)
    {
        var known = candidates.Where(c => c.CostOfDelay is not null).ToArray();
        if (known.Length == 0)
            return CostOfDelay.Unknown(portfolio.AsOf, Reason.NotConfigured, "No project of the portfolio says what a week of delay costs (Plan.CostOfDelayPerWeek).");
        var currencies = known.Select(c => c.Currency).Distinct(StringComparer.Ordinal).ToArray();
        return currencies is [var currency]
            ? In(CostOfDelay, currency).Known(portfolio.AsOf, known.Sum(c => c.CostOfDelay ?? 0), known.Length) with { Inputs = [.. known.Select(c => new MetricInput(c.Key, c.Delay))] }
            : CostOfDelay.Unknown(portfolio.AsOf, Reason.MixedUnits, $"The projects' cost is in different currencies ({string.Join(", ", currencies)}), which cannot be added.", known.Length);
    }

    private static MetricResult Delay(PortfolioResults portfolio, Candidate project) => (project.CostOfDelay is { } cost
        ? In(CostOfDelay, project.Currency).Known(portfolio.AsOf, cost, 1) with { Inputs = [.. project.Slip()] }
        : CostOfDelay.Unknown(portfolio.AsOf, Reason.NotConfigured, "The project does not say what a week of delay costs (Plan.CostOfDelayPerWeek).") as MetricResult) with { Subject = project.Key };

    private static MetricResult Highest(PortfolioResults portfolio, List<Candidate> ranks) => ranks is [var first, ..]
        ? Scored(portfolio, first) with { N = ranks.Count, Inputs = [.. ranks.Select((c, i) => new MetricInput($"rank {i + 1}", c.Key))] }
        : Priority.Unknown(portfolio.AsOf, Reason.NoData, "No project has both a cost of delay and a forecast of its finish.");

    private static MetricResult Rank(PortfolioResults portfolio, Candidate project, List<Candidate> ranks) => (project switch
    {
        { CostOfDelay: null } => Priority.Unknown(portfolio.AsOf, Reason.NotConfigured, "The project does not say what a week of delay costs (Plan.CostOfDelayPerWeek)."),
        { Weeks: null } => Priority.Unknown(portfolio.AsOf, Reason.NoData, "There is no forecast of the finish (schedule.finish.p50)."),
        _ => Scored(portfolio, project) with
        {
            Inputs = [new("cost of delay", project.Delay), new("weeks to the finish at even odds (P50)", Number(project.Weeks ?? 0)), new("rank", $"{ranks.IndexOf(project) + 1} of {ranks.Count}")],
        },
    }) with { Subject = project.Key };

    private static MetricResult Scored(PortfolioResults portfolio, Candidate project) => project.Score is { } score
        ? In(Priority, project.Currency).Known(portfolio.AsOf, score, 1)
        : Priority.Unknown(portfolio.AsOf, Reason.ZeroDenominator, "Nothing remains to be done, so it comes first.", 1);

    private static Figure In(Figure figure, string currency) =>
        figure with { Metric = figure.Metric with { Unit = figure.Metric.Unit.Replace("money", currency, StringComparison.Ordinal) } };

    private static string Number(decimal value) => decimal.Round(value, 1, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);
}
