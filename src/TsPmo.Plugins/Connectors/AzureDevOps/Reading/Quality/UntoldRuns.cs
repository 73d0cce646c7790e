using TsPmo.Model;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Quality;

/// <summary>
/// Runs of which the server fails to tell the tests or the coverage. Each is said, holds up nothing, and is asked about again in the passes that follow, a few times. A resource that
/// fails for several runs is left alone for the rest of the pass.
/// </summary>
internal sealed class UntoldRuns(ProjectPass pass)
{
    private const int MostTries = 5;
    private const int MostFailures = 3;

    /// <summary>The latest are kept; a server that fails for longer has more to mend than these.</summary>
    private const int MostRuns = 500;

    private readonly IReadOnlyDictionary<long, UntoldRun> _before = pass.Marks.Untold ?? new Dictionary<long, UntoldRun>();
    private readonly Dictionary<long, UntoldRun> _now = [];
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Runs that are due again, each with whether its coverage is wanted.</summary>
    public IReadOnlyDictionary<long, UntoldRun> Due => _before;

    /// <summary>Runs to ask about in the next pass; null for none.</summary>
    public IReadOnlyDictionary<long, UntoldRun>? Open => _now.Count == 0 ? null : _now.OrderBy(r => r.Key).TakeLast(MostRuns).ToDictionary();

    /// <summary>Whether the server failed to tell of a run in this pass.</summary>
    public bool IsUntold(string run) => _failed.Contains(run);

    /// <summary>Takes note of a run that stays untold in this pass.</summary>
    public void Keep(string run, bool hasCoverage)
    {
        var id = long.Parse(run, System.Globalization.CultureInfo.InvariantCulture);
        var tries = (_before.GetValueOrDefault(id)?.Tries ?? 0) + 1;
        if (tries < MostTries)
            _now[id] = new(tries, hasCoverage);
    }

    /// <summary>What is told of some runs; nothing where the server fails.</summary>
    public async Task<T?> TryAsync<T>(string what, IReadOnlyList<string> runs, Func<Task<T?>> ask)
        where T : class
    {
        if (!IsLeftAlone(what))
        {
            try
            {
                return await ask();
            }
            catch (TrackerException e) when (e.Problem.Retryable && !TrackerProblems.ConcernsAll(e.Problem))
            {
                Fail(what, runs, e.Problem);
            }
        }

        lock (_gate)
            _failed.UnionWith(runs);
        return null;
    }

    private bool IsLeftAlone(string what)
    {
        lock (_gate)
            return _failures.GetValueOrDefault(what) >= MostFailures;
    }

    private void Fail(string what, IReadOnlyList<string> runs, Problem problem)
    {
        lock (_gate)
            _failures[what] = _failures.GetValueOrDefault(what) + 1;
        var which = runs.Count == 1 ? $"run {runs[0]}" : $"{runs.Count} runs";
        pass.Memory.Optional.Say(problem with
        {
            Message = $"The server fails to tell the {what} of {which} of {pass.Project.Name}. {problem.Message}",
            Remedy = $"It is asked again in the next runs, {MostTries} times in all; everything else is read. If it stays, ask the tracker's administrator.",
            Scope = what,
        });
    }
}
