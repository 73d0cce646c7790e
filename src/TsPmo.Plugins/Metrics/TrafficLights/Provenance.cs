using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.TrafficLights;

/// <summary>What a traffic light takes over from the results that decided it: their findings, and the objects behind them.</summary>
internal static class Provenance
{
    public static MetricResult Of(IReadOnlyCollection<MetricResult> deciding, MetricResult light) => light with
    {
        Findings = [.. deciding.SelectMany(r => r.Findings).GroupBy(f => f.Name, StringComparer.Ordinal).Select(g => g.MaxBy(f => f.AffectedShare)!).OrderBy(f => f.Name, StringComparer.Ordinal)],
        Evidence = new DeferredList<Evidence>(() => [.. deciding.SelectMany(r => r.Evidence).DistinctBy(e => e.Id).OrderBy(e => e.Id)]),
    };
}
