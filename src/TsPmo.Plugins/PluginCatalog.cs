using System.Reflection;
using TsPmo.Model.Contracts;
using TsPmo.Model.Measuring;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Plugins;

/// <summary>Everything that is plugged in, found by scanning one assembly: a new folder appears here without an edit elsewhere.</summary>
public sealed class PluginCatalog
{
    private readonly Dictionary<string, IConnectorPlugin> _connectors;
    private readonly Dictionary<(string Connector, string Target), Type> _publishers;

    private PluginCatalog(IReadOnlyList<Type> types)
    {
        _connectors = Instances<IConnectorPlugin>(types).ToDictionary(p => p.Type, StringComparer.OrdinalIgnoreCase);
        _publishers = types
            .Where(t => t.IsAssignableTo(typeof(IPublisher)))
            .Select(t => (Type: t, Target: t.GetCustomAttribute<TargetAttribute>()))
            .Where(p => p.Target is not null)
            .ToDictionary(p => (p.Target!.ConnectorType, p.Target.Name), p => p.Type);
        Metrics = [.. Instances<IMetric>(types).OrderBy(m => m.Definitions[0].Name, StringComparer.Ordinal)];
        PortfolioMetrics = [.. Instances<IPortfolioMetric>(types).OrderBy(m => m.Definitions[0].Name, StringComparer.Ordinal)];
        Derived = [.. Instances<IDerivedMetric>(types).OrderBy(m => m.Definitions[0].Name, StringComparer.Ordinal)];
    }

    /// <summary>The plug-ins of this assembly. Two of the same name fail here, at start.</summary>
    public static PluginCatalog Scan() => new([.. typeof(PluginCatalog).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsInterface: false })]);

    /// <summary>Kinds of trackers, by name.</summary>
    public IReadOnlyList<IConnectorPlugin> Connectors => [.. _connectors.Values.OrderBy(c => c.Type, StringComparer.Ordinal)];

    /// <summary>Metrics that read a project's history, by the name of their first definition.</summary>
    public IReadOnlyList<IMetric> Metrics { get; }

    /// <summary>Metrics that are derived from the results of others, by the name of their first definition.</summary>
    public IReadOnlyList<IDerivedMetric> Derived { get; }

    /// <summary>Metrics of portfolios, by the name of their first definition.</summary>
    public IReadOnlyList<IPortfolioMetric> PortfolioMetrics { get; }

    /// <summary>What all metrics compute, ordered by name; where a portfolio's figure bears the name of the projects' own, theirs.</summary>
    public IEnumerable<MetricDefinition> Definitions => Metrics.SelectMany(m => m.Definitions)
        .Concat(Derived.SelectMany(m => m.Definitions)).Concat(PortfolioMetrics.SelectMany(m => m.Definitions)).DistinctBy(d => d.Name).OrderBy(d => d.Name, StringComparer.Ordinal);

    /// <summary>The plug-in of a type name (any case), or null.</summary>
    public IConnectorPlugin? Connector(string type) => _connectors.GetValueOrDefault(type);

    /// <summary>Names of the targets that can be written through a connector type.</summary>
    public IReadOnlyList<string> Targets(string connectorType) =>
        [.. _publishers.Keys.Where(k => k.Connector == connectorType).Select(k => k.Target).Order(StringComparer.Ordinal)];

    /// <summary>Makes one configured tracker with its publishers.</summary>
    /// <param name="setup">Name, validated options, clock.</param>
    /// <param name="projects">The tracker's projects to read.</param>
    public ConnectorInstance Create(ConnectorSetup setup, IEnumerable<string> projects)
    {
        var plugin = Connector(setup.Options.Type) ?? throw new InvalidOperationException($"No plug-in is called '{setup.Options.Type}'.");
        var parts = plugin.Create(setup);
        var publishers = Targets(plugin.Type).ToDictionary(
            target => target,
            target => (IPublisher)Activator.CreateInstance(_publishers[(plugin.Type, target)], parts.Client)!,
            StringComparer.OrdinalIgnoreCase);
        return new(setup.Name, plugin.Type, parts.Connector, parts.Normaliser, publishers,
            [.. projects.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<T> Instances<T>(IEnumerable<Type> types) =>
        types.Where(t => t.IsAssignableTo(typeof(T))).Select(t => (T)Activator.CreateInstance(t)!);
}
