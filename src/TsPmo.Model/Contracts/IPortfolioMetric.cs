using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Model.Contracts;

/// <summary>Computes metrics of a portfolio from what its projects' metrics said. Pure: results in, results out; no history, so that memory is bounded by one project.</summary>
public interface IPortfolioMetric
{
    /// <summary>What it computes. A portfolio's figure may bear the name of the projects' one that it sums up.</summary>
    IReadOnlyList<MetricDefinition> Definitions { get; }

    /// <summary>Results as of the portfolio's instant; every definition yields at least one: a measurement or a reason. A result about one project has its key as subject.</summary>
    IEnumerable<MetricResult> Measure(PortfolioResults portfolio);
}
