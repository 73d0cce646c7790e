using TsPmo.Model.Delivery;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Quality;

/// <summary>
/// Runs of the branch on which a pipeline's work comes together. Trackers do not tell which that is, so it is the first of main, master and trunk that the pipeline
/// ran on, else the branch with most runs. Runs of which no branch is told are taken for it.
/// </summary>
public static class DefaultBranch
{
    private static readonly string[] Usual = ["main", "master", "trunk"];

    /// <summary>Those of a project's runs that ended in a window, as known at an instant, and count; in order of their end.</summary>
    public static IReadOnlyList<RunQuality> RunsIn(ProjectHistory history, DateWindow window, DateTimeOffset asOf) =>
        Of(history.Runs.Within(r => r.FinishedAt, history.Calendar, window, asOf));

    // A run that was canceled says nothing of quality.
    private static List<RunQuality> Of(IReadOnlyList<RunQuality> runs)
    {
        var ended = runs.Where(r => r.Result is not (DeploymentResult.Canceled or DeploymentResult.Running)).ToList();
        var branches = ended.GroupBy(PipelineOf).ToDictionary(g => g.Key, Chosen);
        return [.. ended.Where(r => r.Branch is null || Name(r.Branch) == branches[PipelineOf(r)])];
    }

    /// <summary>The pipeline of a run among those of all connectors.</summary>
    public static SourceId PipelineOf(RunQuality run) => new(run.Id.Connector, run.Pipeline);

    private static string? Chosen(IEnumerable<RunQuality> runs)
    {
        var byName = runs.Where(r => r.Branch is not null).GroupBy(r => Name(r.Branch), StringComparer.Ordinal).ToList();
        return Array.Find(Usual, usual => byName.Exists(g => g.Key == usual))
            ?? byName.OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
    }

    private static string Name(string? reference) => reference is null ? "" : reference.StartsWith("refs/heads/", StringComparison.Ordinal) ? reference["refs/heads/".Length..] : reference;
}
