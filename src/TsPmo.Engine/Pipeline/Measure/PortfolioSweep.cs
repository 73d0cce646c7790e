using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Engine.Pipeline.Measure;

/// <summary>Puts a setup's portfolio metrics to the results of projects.</summary>
internal static class PortfolioSweep
{
    /// <summary>A portfolio with the results of its projects as of an instant.</summary>
    public static PortfolioResults Of(PmoDefinition pmo, PortfolioDefinition portfolio, DateTimeOffset asOf, IReadOnlyList<MeasuredProject> projects) => new(portfolio, asOf, pmo.Calendar,
    [
        .. from key in portfolio.Projects
           from project in projects
           where project.Project.Key == key
           select new ProjectResults(project.Project, new ResultSet(project.Results.Where(r => r.AsOf == asOf))),
    ]);

    /// <summary>The portfolio's figures, by metric, then subject.</summary>
    public static IReadOnlyList<MetricResult> Measure(PmoSetup setup, PortfolioResults portfolio) =>
        [.. setup.PortfolioMetrics.SelectMany(m => m.Measure(portfolio)).OrderBy(r => r.Metric.Name, StringComparer.Ordinal).ThenBy(r => r.Subject, StringComparer.Ordinal)];
}
