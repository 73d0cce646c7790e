using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Probing;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>Reads one organisation or collection.</summary>
internal sealed class AzureDevOpsConnector(ConnectorSetup setup, AzureDevOpsClient client) : IConnector, ITraffic
{
    private const string Catalogue = "catalogue";
    private const string Iterations = "iterations";
    private const string WorkItems = "workItems";
    private const string Links = "links";
    private const string Deployments = "deployments";

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [Catalogue, Iterations, WorkItems, Links, Deployments];

    /// <inheritdoc/>
    public Traffic Total => client.Total;

    public string? Headroom => client.Headroom;

    /// <inheritdoc/>
    public Task<ProbeReport> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken) =>
        new AzureDevOpsProbe(setup.Name, client, setup.Clock).RunAsync(request, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        ReadingEdge.GuardAsync(Open(request, cancellationToken), request.Stream, () => Unexpected(request.Stream), cancellationToken);

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
            Catalogue => new CatalogueStream(client, setup.Clock).ReadAsync(scope, cancellationToken),
            Iterations => new IterationStream(client, setup.Clock).ReadAsync(scope, cancellationToken),
            WorkItems => new WorkItemStream(client, setup.Clock).ReadAsync(scope, cancellationToken),
            Links => new LinkStream(client).ReadAsync(scope, cancellationToken),
            Deployments => new DeploymentStream(client, setup.Options.HistorySince).ReadAsync(scope, cancellationToken),
            _ => throw new ArgumentException($"There is no stream '{request.Stream}'.", nameof(request)),
        };
    }
}
