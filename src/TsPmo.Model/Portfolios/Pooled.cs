using TsPmo.Model.Measuring;

namespace TsPmo.Model.Portfolios;

/// <summary>
/// Figures of several projects brought together: only projects that have all of the metrics enter, and only where they count in the same unit. What is left out is a finding,
/// so that a sum over half a portfolio does not look like one over all of it.
/// </summary>
public sealed class Pooled
{
    private readonly PortfolioResults _portfolio;
    private readonly IReadOnlyList<string> _metrics;
    private readonly IReadOnlyList<(ProjectResults Project, IReadOnlyList<Measurement> Figures)> _counted;

    private Pooled(PortfolioResults portfolio, IReadOnlyList<string> metrics, IReadOnlyList<(ProjectResults, IReadOnlyList<Measurement>)> counted) =>
        (_portfolio, _metrics, _counted) = (portfolio, metrics, counted);

    /// <summary>The projects of a portfolio that have every one of some metrics.</summary>
    public static Pooled Of(PortfolioResults portfolio, params IReadOnlyList<string> metrics) => new(portfolio, metrics,
    [
        .. from project in portfolio.Projects
           let figures = metrics.Select(project.Measured).OfType<Measurement>().ToArray()
           where figures.Length == metrics.Count
           select (project, (IReadOnlyList<Measurement>)figures),
    ]);

    /// <summary>Number of projects that enter.</summary>
    public int Count => _counted.Count;

    /// <summary>The one unit of a metric over all projects; null where they differ or there are none.</summary>
    public string? UnitOf(string metric) => Column(metric).Select(f => f.Metric.Unit).Distinct(StringComparer.Ordinal).ToArray() is [var unit] ? unit : null;

    /// <summary>The sum of a metric over the projects.</summary>
    public decimal Sum(string metric) => Values(metric).Sum();

    /// <summary>The values of a metric, in the order of the projects.</summary>
    public IEnumerable<decimal> Values(string metric) => Column(metric).Select(f => f.Number ?? 0);

    /// <summary>A result over the projects: a figure, unless there is none to count or their units differ.</summary>
    /// <param name="figure">What is computed; the unit is taken from the first metric where it is empty.</param>
    /// <param name="value">Its value; null where a denominator is zero.</param>
    public MetricResult Result(Figure figure, Func<Pooled, decimal?> value) => Outcome(figure, value) with { Findings = [.. Missing()], Inputs = [.. Inputs()] };

    private MetricResult Outcome(Figure figure, Func<Pooled, decimal?> value)
    {
        if (Count == 0)
            return figure.Unknown(_portfolio.AsOf, Reason.NoData, $"No project of the portfolio has {string.Join(" and ", _metrics)}.");
        if (_metrics.SelectMany(Column).Select(f => f.Metric.Unit).Distinct(StringComparer.Ordinal).Count() > 1)
            return figure.Unknown(_portfolio.AsOf, Reason.MixedUnits, $"The projects count in different units ({string.Join(", ", _metrics.SelectMany(Column).Select(f => f.Metric.Unit).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}), which cannot be added.", Count);
        var own = figure.Metric.Unit.Length == 0 ? figure with { Metric = figure.Metric with { Unit = UnitOf(_metrics[0]) ?? "" } } : figure;
        return value(this) is { } number ? own.Known(_portfolio.AsOf, number, Count) : own.Unknown(_portfolio.AsOf, Reason.ZeroDenominator, "What it is divided by adds up to zero.", Count);
    }

    private IEnumerable<MetricInput> Inputs() =>
        _counted.Select(c => new MetricInput(c.Project.Project.Key, string.Join("; ", c.Figures.Select(f => $"{f.Metric.Name} {f.Text}"))));

    private IEnumerable<Finding> Missing()
    {
        var all = _portfolio.Portfolio.Projects.Count;
        if (all > Count && Count > 0)
            yield return new("ProjectsMissing", (decimal)(all - Count) / all, $"{all - Count} of {all} projects have no such figure and are not part of this one.");
    }

    private IEnumerable<Measurement> Column(string metric)
    {
        var column = _metrics.ToList().IndexOf(metric);
        return _counted.Select(c => c.Figures[column]);
    }
}
