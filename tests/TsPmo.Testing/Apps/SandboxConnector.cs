using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins;
using TsPmo.Plugins.Connectors;
using TsPmo.Sandbox;

namespace TsPmo.Testing.Apps;

/// <summary>The catalogue's connectors pointed at the stand-ins.</summary>
public static class SandboxConnector
{
    /// <summary>A tracker's connector as the catalogue makes it; the token may be replaced, and the history be cut.</summary>
    public static ConnectorInstance Connect(SandboxServer server, string name, string? token = null, DateOnly? historySince = null)
    {
        var tracker = server.Trackers.Single(t => t.Name == name);
        var catalog = PluginCatalog.Scan();
        var plugin = catalog.Connector(tracker.ConnectorType)!;
        var options = (ConnectorOptions)Activator.CreateInstance(plugin.OptionsType)!;
        options.Type = plugin.Type;
        options.BaseUrl = new Uri(tracker.BaseUrl);
        options.RequestsPerSecond = 1000;
        options.HistorySince = historySince;
        options.Auth = new() { Kind = tracker.AuthKind, User = tracker.AuthUser, Secret = new Secret(token ?? tracker.Token) };
        var projects = server.Portfolio.Projects.SelectMany(p => p.Sources).Where(s => s.Tracker == name).Select(s => s.Project);
        return catalog.Create(new ConnectorSetup(name, options, server.Clock), projects);
    }
}
