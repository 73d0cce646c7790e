using System.Globalization;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;

/// <summary>
/// What a deployed run brought: everything since the run of its pipeline and branch that was deployed before it, so that runs which were not deployed need not be
/// asked for. Two requests.
/// </summary>
internal sealed class RunContent(AzureDevOpsClient client, ProjectPass pass)
{
    // The server's own limit; what is beyond it is not told.
    private const string Most = "1000";

    private readonly string _root = $"{pass.Project.Segment}/_apis/build";

    /// <summary>What it brought; null where the server tells nothing.</summary>
    /// <param name="run">The run.</param>
    /// <param name="before">The one deployed before it; null: none, and what earlier runs of the year brought counts too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Brought?> ReadAsync(DeployedRun run, long? before, CancellationToken cancellationToken)
    {
        if (before is { } known)
            return await BetweenAsync(known, run.Id, cancellationToken) ?? await OfAsync(run.Id, cancellationToken);
        var first = await FirstAsync(run, cancellationToken);
        var begun = await OfAsync(first, cancellationToken);
        if (first == run.Id)
            return begun;
        var since = await BetweenAsync(first, run.Id, cancellationToken);
        return since is null ? await OfAsync(run.Id, cancellationToken) : begun?.And(since) ?? since;
    }

    /// <summary>The oldest run of the year on the same pipeline and branch.</summary>
    private async Task<long> FirstAsync(DeployedRun run, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync("build/builds", $"{_root}/builds", cancellationToken,
            ("definitions", run.Pipeline), ("branchName", run.Branch), ("statusFilter", "completed"), ("queryOrder", "finishTimeAscending"),
            ("minTime", WireDate.Write(pass.ContentSince)), ("$top", "1"));
        return Math.Min(run.Id, answer.Body.Items("value").Select(b => b.Whole("id")).FirstOrDefault() ?? run.Id);
    }

    private Task<Brought?> OfAsync(long run, CancellationToken cancellationToken) =>
        AskAsync("build/builds/changes", "build/builds/workitems", $"{_root}/builds/{Text(run)}", null, run, cancellationToken);

    private Task<Brought?> BetweenAsync(long after, long until, CancellationToken cancellationToken) =>
        AskAsync("build/changes", "build/workitems", _root, after, until, cancellationToken);

    private async Task<Brought?> AskAsync(string changesResource, string itemsResource, string path, long? after, long until, CancellationToken cancellationToken)
    {
        (string, string?)[] options = after is { } from ? [("fromBuildId", Text(from)), ("toBuildId", Text(until)), ("$top", Most)] : [("$top", Most)];
        var changes = await pass.Memory.Optional.GetAsync(changesResource, "changes of runs", $"{path}/changes", cancellationToken, options);
        var items = await pass.Memory.Optional.GetAsync(itemsResource, "work items of runs", $"{path}/workitems", cancellationToken, options);
        return changes is null && items is null ? null : new([.. changes?.Body.Items("value") ?? []], [.. items?.Body.Items("value") ?? []]);
    }

    private static string Text(long run) => run.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a run brought, as the tracker told it.</summary>
internal sealed record Brought(IReadOnlyList<JsonElement> Changes, IReadOnlyList<JsonElement> WorkItems)
{
    public Brought And(Brought later) => new([.. Changes, .. later.Changes], [.. WorkItems, .. later.WorkItems]);
}

/// <summary>A run that was deployed somewhere.</summary>
internal sealed class DeployedRun(JsonElement build)
{
    public JsonElement Build => build;

    public long Id { get; } = build.Whole("id") ?? 0;

    public string Pipeline { get; } = build.Child("definition").Text("id") ?? "";

    public string? Branch { get; } = build.Text("sourceBranch");

    /// <summary>Runs of one pipeline and branch follow one another.</summary>
    public string Line => $"{Pipeline} {Branch}";

    /// <summary>The repository in this organisation that it was made from; null where it lies elsewhere.</summary>
    public string? Repository { get; } = build.Child("repository") is { } repository && repository.Text("type")?.Equals("TfsGit", StringComparison.OrdinalIgnoreCase) == true ? repository.Text("id") : null;
}
