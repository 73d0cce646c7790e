using System.Runtime.CompilerServices;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Discovery;
using TsPmo.Plugins.Connectors.Jira.Reading.Issues;
using TsPmo.Plugins.Connectors.Jira.Reading.Sweep;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Reads one Jira and tells what is there.</summary>
internal sealed class JiraConnector(JiraClient client) : IConnector, ISweep, IQuerying, IDiscovery, ITraffic
{
    private readonly Dictionary<string, Func<ReadRequest, CancellationToken, IAsyncEnumerable<ReadStep>>> _streams = new(StringComparer.Ordinal)
    {
        ["catalogue"] = (request, cancellation) => CatalogueAsync(client, request, cancellation),
        ["versions"] = new VersionStream(client).ReadAsync,
        ["issues"] = new IssueStream(client).ReadAsync,
        ["remoteLinks"] = new RemoteLinkStream(client).ReadAsync,
        ["worklogs"] = new WorklogStream(client).ReadAsync,
        ["sprints"] = new SprintStream(client).ReadAsync,
        ["people"] = new PeopleStream(client).ReadAsync,
    };

    /// <summary>The catalogue signs in; issues and hours come before sprints and people, which go by what was met on them.</summary>
    public IReadOnlyList<string> Streams => ["catalogue", "versions", "issues", "remoteLinks", "worklogs", "sprints", "people"];

    public Traffic Total => client.Total;

    public string? Headroom => client.Headroom;

    public Task<ProbeReport> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken) => new JiraProbe(client).RunAsync(request, cancellationToken);

    public Task<Model.Contracts.Discovery> DiscoverAsync(CancellationToken cancellationToken) => new JiraDiscovery(client).RunAsync(cancellationToken);

    public IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        Guard(_streams[request.Stream](request, cancellationToken), cancellationToken);

    public IAsyncEnumerable<ReadStep> SweepAsync(IReadOnlyList<string> projects, CancellationToken cancellationToken) =>
        Guard(new IdSweep(client).RunAsync(projects, cancellationToken), cancellationToken);

    public IAsyncEnumerable<ReadStep> MatchAsync(string project, string condition, CancellationToken cancellationToken) =>
        Guard(new IdSweep(client, condition).RunAsync([project], cancellationToken), cancellationToken);

    public IAsyncEnumerable<ReadStep> LookAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        Guard(new IssueLook(client).RunAsync(ids, cancellationToken), cancellationToken);

    private IAsyncEnumerable<ReadStep> Guard(IAsyncEnumerable<ReadStep> steps, CancellationToken cancellationToken) => ReadingEdge.GuardAsync(
        steps,
        scope: null,
        client.OfAnotherShape,
        cancellationToken);

    /// <summary>Clocks that disagree are told once a pass, where it has just signed in.</summary>
    private static async IAsyncEnumerable<ReadStep> CatalogueAsync(JiraClient client, ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var step in new CatalogueStream(client).ReadAsync(request, cancellationToken))
            yield return step;
        if (ClockNotice.Of(client, await client.SessionAsync(cancellationToken)) is { } skew)
            yield return new ReadNotice(skew);
    }
}
