using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Discovery;
using TsPmo.Plugins.Connectors.AzureDevOps.Probing;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading.Sweep;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>Reads one organisation or collection.</summary>
internal sealed class AzureDevOpsConnector(ConnectorSetup setup, AzureDevOpsClient client) : IConnector, ISweep, IQuerying, IDiscovery, ITraffic
{
    private const string Catalogue = "catalogue";
    private const string Iterations = "iterations";
    private const string WorkItems = "workItems";
    private const string Links = "links";
    private const string Deployments = "deployments";
    private const string Sweeping = "sweep";
    private const string Matching = "query";

    private readonly KnownWords _words = new();
    private readonly KnownIterations _iterations = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [Catalogue, Iterations, WorkItems, Links, Deployments];

    /// <inheritdoc/>
    public Traffic Total => client.Total;

    /// <inheritdoc/>
    public string? Headroom => client.Headroom;

    /// <inheritdoc/>
    public Task<ProbeReport> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken) =>
        new AzureDevOpsProbe(setup, client).RunAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<Model.Contracts.Discovery> DiscoverAsync(CancellationToken cancellationToken) => new AzureDevOpsDiscovery(setup, client).RunAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        ReadingEdge.GuardAsync(Open(request, cancellationToken), request.Stream, () => Unexpected(request.Stream), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadStep> SweepAsync(IReadOnlyList<string> projects, CancellationToken cancellationToken) =>
        ReadingEdge.GuardAsync(new ItemSweep(client, Since).RunAsync(projects, cancellationToken), Sweeping, () => Unexpected(Sweeping), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadStep> MatchAsync(string project, string condition, CancellationToken cancellationToken) =>
        ReadingEdge.GuardAsync(new ItemSweep(client, Since, condition).RunAsync([project], cancellationToken), Matching, () => Unexpected(Matching), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadStep> LookAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ReadingEdge.GuardAsync(new ItemLook(client, _iterations, Since).RunAsync(ids, cancellationToken), Sweeping, () => Unexpected(Sweeping), cancellationToken);

    /// <summary>The instant from which on history is read; null: all of it.</summary>
    private DateTimeOffset? Since => setup.Options.HistorySince is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private Problem Unexpected(string stream) => new(
        "unexpected-answer",
        $"Connector '{setup.Name}' was given an answer of another shape than Azure DevOps documents while it read '{stream}'.",
        "Check that BaseUrl names the organisation or collection itself and that no proxy changes its answers.")
    {
        Scope = stream,
    };

    private IAsyncEnumerable<ReadStep> Open(ReadRequest request, CancellationToken cancellationToken)
    {
        var scope = new ReadingScope(setup.Name, client, request);
        return request.Stream switch
        {
            Catalogue => new CatalogueStream(client, _words).ReadAsync(scope, cancellationToken),
            Iterations => new IterationStream(client, _iterations, setup.Clock).ReadAsync(scope, cancellationToken),
            WorkItems => new WorkItemStream(client, _words, _iterations, setup.Clock, Since).ReadAsync(scope, cancellationToken),
            Links => new LinkStream(client, setup.Clock).ReadAsync(scope, cancellationToken),
            Deployments => new DeploymentStream(client, setup).ReadAsync(scope, () => Unexpected(request.Stream), cancellationToken),
            _ => throw new ArgumentException($"There is no stream '{request.Stream}'.", nameof(request)),
        };
    }
}
