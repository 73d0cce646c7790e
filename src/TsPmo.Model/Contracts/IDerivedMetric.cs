using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Contracts;

/// <summary>Computes metrics from what other metrics said of the same project. Pure: results in, results out.</summary>
public interface IDerivedMetric
{
    /// <summary>What it computes. Every definition yields at least one result per evaluation: a measurement or a reason.</summary>
    IReadOnlyList<MetricDefinition> Definitions { get; }

    /// <summary>Names of the metrics it looks at, derived ones included; one that is not plugged in is simply not among the results. Nobody may read himself, directly or by way of others.</summary>
    IReadOnlyList<string> Reads { get; }

    /// <summary>Results for each evaluation, in the order of the evaluations. What happened after an evaluation's instant does not enter its results.</summary>
    IEnumerable<MetricResult> Derive(ProjectHistory history, IReadOnlyList<Evaluation> evaluations);
}
