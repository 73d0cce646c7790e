using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Conformance;

/// <summary>One sandbox for all conformance suites, and the catalogue's connectors pointed at its trackers.</summary>
public sealed class SandboxConnectors : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    private SandboxServer? _server;

    public SandboxServer Server => _server ?? throw new InvalidOperationException("The sandbox has not started.");

    public async ValueTask InitializeAsync() =>
        _server = await SandboxServer.StartAsync(new SandboxOptions { Clock = TimeProvider.System, Items = 400, Seed = 7, Today = Today }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>The tracker's connector as the catalogue makes it; the token may be replaced, and the history be cut.</summary>
    public ConnectorInstance Connect(string name, string? token = null, int? daysOfHistory = null)
    {
        var tracker = Server.Trackers.Single(t => t.Name == name);
        var catalog = PluginCatalog.Scan();
        var plugin = catalog.Connector(tracker.ConnectorType)!;
        var options = (ConnectorOptions)Activator.CreateInstance(plugin.OptionsType)!;
        options.Type = plugin.Type;
        options.BaseUrl = new Uri(tracker.BaseUrl);
        options.RequestsPerSecond = 1000;
        options.HistorySince = daysOfHistory is { } days ? Today.AddDays(-days) : null;
        options.Auth = Auth(tracker, token ?? tracker.Token);
        var projects = Server.Portfolio.Projects.SelectMany(p => p.Sources).Where(s => s.Tracker == name).Select(s => s.Project);
        return catalog.Create(new ConnectorSetup(name, options, Server.Clock), projects);
    }

    /// <summary>The tracker itself, for what happens in it.</summary>
    public ITracker Tracker(string name) =>
        Server.Trackers.Single(t => t.Name == name).ConnectorType == "Jira" ? Server.Jira(name) : Server.AzureDevOps(name);

    /// <summary>The item that the tracker's publications hang on.</summary>
    public string Anchor(string tracker) =>
        Server.Portfolio.Projects.SelectMany(p => p.Publications).First(p => p.Tracker == tracker).Anchor;

    private static AuthOptions Auth(SandboxTracker tracker, string token) => new() { Kind = tracker.AuthKind, User = tracker.AuthUser, Secret = new Secret(token) };
}
