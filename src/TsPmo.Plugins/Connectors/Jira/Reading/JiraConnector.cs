using System.Runtime.CompilerServices;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Reading.Issues;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Reads one Jira. Streams throw inside; here every failure becomes a step.</summary>
internal sealed class JiraConnector(JiraClient client) : IConnector, ITraffic
{
    private readonly Dictionary<string, Func<ReadRequest, CancellationToken, IAsyncEnumerable<ReadStep>>> _streams = new(StringComparer.Ordinal)
    {
        ["catalogue"] = new CatalogueStream(client).ReadAsync,
        ["versions"] = new VersionStream(client).ReadAsync,
        ["sprints"] = new SprintStream(client).ReadAsync,
        ["issues"] = new IssueStream(client).ReadAsync,
        ["worklogs"] = new WorklogStream(client).ReadAsync,
    };

    public IReadOnlyList<string> Streams => ["catalogue", "versions", "sprints", "issues", "worklogs"];

    public Traffic Total => client.Total;

    public Task<ProbeReport> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken) => new JiraProbe(client).RunAsync(request, cancellationToken);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var steps = _streams[request.Stream](request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(steps) is { } step)
        {
            yield return step;
            if (step is ReadFailure)
                yield break;
        }
    }

    private async Task<ReadStep?> NextAsync(IAsyncEnumerator<ReadStep> steps)
    {
        try
        {
            return await steps.MoveNextAsync() ? steps.Current : null;
        }
        catch (TrackerException e)
        {
            return new ReadFailure(e.Problem);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or System.Text.Json.JsonException)
        {
            return new ReadFailure(client.Unexpected("an answer of another shape than Jira's documentation says"));
        }
    }
}
