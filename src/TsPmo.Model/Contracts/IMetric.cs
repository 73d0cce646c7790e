using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Contracts;

/// <summary>Computes one metric (or one family that shares its inputs). Pure: history in, results out.</summary>
public interface IMetric
{
    /// <summary>What it computes. Every definition yields at least one result per instant: a measurement or a reason.</summary>
    IReadOnlyList<MetricDefinition> Definitions { get; }

    /// <summary>Results for each instant, in the order of the instants. What happened after an instant does not enter its results.</summary>
    IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants);
}
