using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine;

/// <summary>Where the engine asks what is configured. Asked at the beginning of every piece of work, so that a changed configuration takes effect with the next one.</summary>
public interface IPmoSource
{
    /// <summary>What is configured now.</summary>
    PmoSetup Current { get; }
}

/// <summary>Everything the engine works with that the composition root decides.</summary>
/// <param name="Definition">The configuration, validated.</param>
/// <param name="Connectors">The configured trackers, ordered by name.</param>
/// <param name="Metrics">The metrics of a project that are plugged in.</param>
public sealed record PmoSetup(PmoDefinition Definition, IReadOnlyList<ConnectorInstance> Connectors, MetricSet Metrics)
{
    /// <summary>The metrics of a portfolio that are plugged in.</summary>
    public IReadOnlyList<IPortfolioMetric> PortfolioMetrics { get; init; } = [];

    /// <summary>Names of the metrics whose figures with a subject are about a person.</summary>
    public IReadOnlySet<string> PersonalMetrics => Metrics.Definitions.Concat(PortfolioMetrics.SelectMany(m => m.Definitions)).Where(d => d.IsPersonal).Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
}

/// <summary>A setup that never changes.</summary>
public sealed class FixedPmo(PmoSetup setup) : IPmoSource
{
    /// <inheritdoc/>
    public PmoSetup Current => setup;
}
