using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Plugins.Metrics.PortfolioLights;

/// <summary>The traffic lights of a portfolio: from indices of sums, beside the count of projects that are red.</summary>
public sealed class PortfolioLightsMetric : IPortfolioMetric
{
    private static readonly BandLimits Limits = new(0.95m, 0.90m);
    private static readonly Figure Overall = new(TrafficLight.Define("rag.overall", "traffic light of the portfolio"), "RAG.schedule-and-cost");
    private static readonly Figure Schedule = new(TrafficLight.Define("rag.schedule", "traffic light of the portfolio's schedule"), "RAG.index-of-sums");
    private static readonly Figure Cost = new(TrafficLight.Define("rag.cost", "traffic light of the portfolio's cost"), "RAG.index-of-sums");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Schedule.Metric, Cost.Metric, Overall.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(PortfolioResults portfolio)
    {
        var schedule = Pooled.Of(portfolio, "schedule.ev", "schedule.pv");
        var cost = Pooled.Of(portfolio, "cost.ac", "cost.cv");
        MetricResult[] lights =
        [
            Light(Schedule, portfolio, "SPI from sums", schedule.UnitOf("schedule.ev") is null ? null : Ratio(schedule.Sum("schedule.ev"), schedule.Sum("schedule.pv"))),
            Light(Cost, portfolio, "CPI from sums", cost.UnitOf("cost.ac") is null ? null : Ratio(cost.Sum("cost.ac") + cost.Sum("cost.cv"), cost.Sum("cost.ac"))),
        ];
        return [.. lights, Whole(portfolio, TrafficLight.Of(lights[0]), TrafficLight.Of(lights[1]))];
    }

    private static decimal? Ratio(decimal numerator, decimal denominator) => denominator == 0 ? null : numerator / denominator;

    private static MetricResult Light(Figure figure, PortfolioResults portfolio, string words, decimal? index)
    {
        var band = index is { } number ? Limits.Of(number) : Band.Grey;
        var value = index is { } known ? decimal.Round(known, 2, MidpointRounding.AwayFromZero).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) : "not measurable";
        return Result(figure, portfolio, band, index is null ? $"{words} is not known" : words, new MetricInput(words, value));
    }

    private static MetricResult Whole(PortfolioResults portfolio, Band schedule, Band cost)
    {
        var worst = TrafficLight.Worst(schedule, cost);
        var isCapped = worst == Band.Green && (schedule == Band.Grey || cost == Band.Grey);
        return Result(Overall, portfolio, isCapped ? Band.Amber : worst, worst == Band.Grey ? "neither schedule nor cost can be judged" : $"schedule {Known(schedule)}, cost {Known(cost)}", new("schedule", TrafficLight.Word(schedule)), new("cost", TrafficLight.Word(cost)));
    }

    private static MetricResult Result(Figure figure, PortfolioResults portfolio, Band band, string because, params IReadOnlyList<MetricInput> inputs)
    {
        var children = portfolio.Projects.Select(p => TrafficLight.Of(p.Results.Of(figure.Metric.Name))).ToArray();
        var red = children.Count(c => c == Band.Red);
        var count = $"{red} of {portfolio.Portfolio.Projects.Count} projects red";
        return TrafficLight.Result(figure, portfolio.AsOf, band, $"{because}; {count}", children.Count(c => c != Band.Grey)) with
        {
            Inputs = [.. inputs, new("projects that are red", $"{red} of {portfolio.Portfolio.Projects.Count}"), .. portfolio.Projects.Zip(children, (p, c) => new MetricInput(p.Project.Key, TrafficLight.Word(c)))],
        };
    }

    private static string Known(Band band) => band == Band.Grey ? "not known" : TrafficLight.Word(band);
}
