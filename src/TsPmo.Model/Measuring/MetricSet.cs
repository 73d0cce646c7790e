using TsPmo.Model.Contracts;

namespace TsPmo.Model.Measuring;

/// <summary>Every metric that measures a project: those that read its history, and those that are derived from what others said, in the order in which they need one another.</summary>
public sealed class MetricSet
{
    /// <summary>The metrics of a project.</summary>
    /// <exception cref="InvalidOperationException">Derived metrics read one another in a circle.</exception>
    public MetricSet(IReadOnlyList<IMetric> measured, IReadOnlyList<IDerivedMetric> derived) => (Measured, Derived) = (measured, InOrder(derived));

    /// <summary>Metrics computed from history.</summary>
    public IReadOnlyList<IMetric> Measured { get; }

    /// <summary>Metrics computed from results, each after those that it reads.</summary>
    public IReadOnlyList<IDerivedMetric> Derived { get; }

    /// <summary>What all of them compute, ordered by name.</summary>
    public IEnumerable<MetricDefinition> Definitions =>
        Measured.SelectMany(m => m.Definitions).Concat(Derived.SelectMany(d => d.Definitions)).OrderBy(d => d.Name, StringComparer.Ordinal);

    /// <summary>The metrics of some names together with those that they cannot do without.</summary>
    public MetricSet Only(params IEnumerable<string> metrics)
    {
        var needed = Needed(metrics);
        return new([.. Measured.Where(m => Computes(m.Definitions, needed))], [.. Derived.Where(d => Computes(d.Definitions, needed))]);
    }

    /// <summary>Names of metrics and of everything that they read, by way of others too.</summary>
    internal HashSet<string> Needed(IEnumerable<string> metrics)
    {
        var needed = new HashSet<string>(metrics, StringComparer.Ordinal);
        foreach (var metric in Derived.Reverse().Where(d => Computes(d.Definitions, needed)))
            needed.UnionWith(metric.Reads);
        return needed;
    }

    internal static bool Computes(IReadOnlyList<MetricDefinition> definitions, HashSet<string> names) => definitions.Any(d => names.Contains(d.Name));

    private static List<IDerivedMetric> InOrder(IReadOnlyList<IDerivedMetric> derived)
    {
        var (ordered, waiting) = (new List<IDerivedMetric>(), derived.OrderBy(d => d.Definitions[0].Name, StringComparer.Ordinal).ToList());
        while (waiting.Count > 0)
        {
            var missing = waiting.SelectMany(d => d.Definitions).Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
            var next = waiting.Find(d => !d.Reads.Any(missing.Contains))
                ?? throw new InvalidOperationException($"Derived metrics read one another in a circle: {string.Join(", ", missing.Order(StringComparer.Ordinal))}.");
            waiting.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }
}
