using TsPmo.Model.Contracts;
using TsPmo.Sandbox;
using TsPmo.Sandbox.World;
using TsPmo.Testing.Apps;

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
    public ConnectorInstance Connect(string name, string? token = null, int? daysOfHistory = null) =>
        SandboxConnector.Connect(Server, name, token, daysOfHistory is { } days ? Today.AddDays(-days) : null);

    /// <summary>The tracker itself, for what happens in it.</summary>
    public ITracker Tracker(string name) =>
        Server.Trackers.Single(t => t.Name == name).ConnectorType == "Jira" ? Server.Jira(name) : Server.AzureDevOps(name);

    /// <summary>The item that the tracker's publications hang on.</summary>
    public string Anchor(string tracker) =>
        Server.Portfolio.Projects.SelectMany(p => p.Publications).First(p => p.Tracker == tracker).Anchor;
}
