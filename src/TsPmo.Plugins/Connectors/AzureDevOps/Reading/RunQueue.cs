using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>The runs of a project that ended since they were last looked at, in that order. Looking first tells whether anything can have been deployed at all.</summary>
internal sealed class RunQueue(AzureDevOpsClient client, TeamProject project, DeliveryMarks marks)
{
    /// <summary>How many runs are looked up at once.</summary>
    public const int RunsAtOnce = 20;

    private const string Resource = "build/builds";

    private readonly string _path = $"{project.Segment}/_apis/build/builds";
    private ApiAnswer? _first;

    /// <summary>What was read near the mark.</summary>
    public Overlap Overlap { get; } = new(marks.Builds, marks.RecentBuilds);

    /// <summary>
    /// Whether a run is on its way or ended since. Deployments to environments are parts of runs, so without one there is nothing new to find there.
    /// Where the runs cannot be read, something may be.
    /// </summary>
    public async Task<bool> MayHaveDeployedAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Asked before the ended ones: a run that ends in between is then among those.
            var running = await client.GetAsync(Resource, _path, cancellationToken, ("statusFilter", "inProgress"), ("$top", "1"));
            return running.Body.Items("value").Any() | (await FirstAsync(cancellationToken)).Body.Items("value").Any(IsNew);
        }
        catch (TrackerException e) when (!TrackerProblems.ConcernsAll(e.Problem))
        {
            return true;
        }
    }

    /// <summary>Pages of runs that are new; each is remembered when the next is asked for.</summary>
    public async IAsyncEnumerable<IReadOnlyList<JsonElement>> NewAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (answer, trail) = (await FirstAsync(cancellationToken), new TokenTrail(Resource));
        while (true)
        {
            var page = answer.Body.Items("value").ToList();
            var fresh = page.Where(IsNew).ToList();
            foreach (var run in page)
                Overlap.Meet(run.Text("id") ?? "", run.Instant("finishTime"));
            if (fresh.Count > 0)
                yield return fresh;
            if (trail.Next(answer) is not { } next)
                yield break;
            answer = await AskAsync(next, cancellationToken);
        }
    }

    /// <summary>Runs by their ids, in their order; those that the server has deleted meanwhile are left out.</summary>
    public async Task<IReadOnlyList<JsonElement>> FindAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        foreach (var some in ids.Chunk(RunsAtOnce))
        {
            var answer = await client.GetAsync(Resource, _path, cancellationToken, ("buildIds", string.Join(',', some.Select(i => i.ToString(CultureInfo.InvariantCulture)))));
            found.AddRange(answer.Body.Items("value"));
        }

        return [.. found.OrderBy(b => b.Whole("id") ?? 0)];
    }

    private bool IsNew(JsonElement run) => Overlap.IsNew(run.Text("id") ?? "", run.Instant("finishTime"));

    private async Task<ApiAnswer> FirstAsync(CancellationToken cancellationToken) => _first ??= await AskAsync(null, cancellationToken);

    private Task<ApiAnswer> AskAsync(string? token, CancellationToken cancellationToken) => client.GetAsync(
        Resource, _path, cancellationToken,
        ("statusFilter", "completed"), ("queryOrder", "finishTimeAscending"), ("$top", "200"),
        ("minTime", Overlap.Since is { } since ? WireDate.Write(since) : null), ("continuationToken", token));
}
