using TsPmo.Engine;
using TsPmo.Model.Measuring;
using TsPmo.Plugins;
using TsPmo.Plugins.Connectors;
using TsPmo.Sync.Configuration;

namespace TsPmo.Sync.Composition;

/// <summary>Makes the trackers that are configured, and makes them anew when the configuration changes. Each keeps its throttle as long as it lives.</summary>
internal sealed class ConfiguredPmo : IPmoSource, IDisposable
{
    private readonly CurrentConfiguration _current;
    private readonly PluginCatalog _catalog;
    private readonly TimeProvider _clock;
    private volatile PmoSetup _setup;

    public ConfiguredPmo(CurrentConfiguration current, PluginCatalog catalog, TimeProvider clock)
    {
        (_current, _catalog, _clock) = (current, catalog, clock);
        _setup = Make(current.Value);
        current.Changed += OnChanged;
    }

    public PmoSetup Current => _setup;

    public void Dispose() => _current.Changed -= OnChanged;

    private void OnChanged(object? sender, EventArgs e) => _setup = Make(_current.Value);

    private PmoSetup Make(LoadedConfiguration configuration) => new(
        configuration.Pmo,
        [.. configuration.Options.Connectors.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => _catalog.Create(new ConnectorSetup(c.Key, c.Value, _clock) { Pipelines = configuration.PipelinesOf(c.Key) }, configuration.ProjectsOf(c.Key)))],
        new MetricSet(_catalog.Metrics, _catalog.Derived)) { PortfolioMetrics = _catalog.PortfolioMetrics };
}
