using System.Globalization;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>A sprint that an issue carries.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Board">The board it was made on; null where that is not told.</param>
/// <param name="IsClosed">Whether it is over.</param>
/// <param name="Completed">When it was closed.</param>
/// <param name="MetAt">The server's time of the pass that met it.</param>
internal sealed record MetSprint(long Id, long? Board, bool IsClosed, DateTimeOffset? Completed, DateTimeOffset MetAt);

/// <summary>
/// Sprints that the issues of a pass carry. They show that a board which had nothing to tell has sprints again, without asking it. They are remembered for some passes, since one may
/// end before it reads sprints.
/// </summary>
/// <param name="now">The server's time of this pass.</param>
internal sealed class SprintsMet(DateTimeOffset now)
{
    private const int MostKept = 200;
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(14);

    private readonly Dictionary<long, MetSprint> _met = [];

    /// <summary>What later passes are to know, the latest met first; null where there is nothing. What was over long before it was met is known.</summary>
    public IReadOnlyList<MetSprint>? Kept
    {
        get
        {
            var kept = _met.Values.Where(s => now - s.MetAt <= LongestKept && !(s.MetAt - s.Completed > LongestKept)).OrderByDescending(s => s.MetAt).ThenBy(s => s.Id).Take(MostKept).ToList();
            return kept.Count == 0 ? null : kept;
        }
    }

    /// <summary>Sprints met in this pass, or since sprints were last read; null: they never were.</summary>
    public IReadOnlyCollection<MetSprint> Since(DateTimeOffset? sight) => [.. _met.Values.Where(s => s.MetAt == now || sight is null || s.MetAt > sight)];

    /// <summary>Takes in what earlier passes met.</summary>
    public void Recall(IEnumerable<MetSprint> earlier)
    {
        foreach (var sprint in earlier)
            _met.TryAdd(sprint.Id, sprint);
    }

    /// <summary>Notes the sprints in the sprint field of an issue.</summary>
    public void In(JsonElement field)
    {
        foreach (var sprint in SprintField.Sprints(field))
        {
            if (long.TryParse(sprint.Id, CultureInfo.InvariantCulture, out var id))
                _met[id] = new(id, sprint.Board, sprint.State == "CLOSED", sprint.Completed, now);
        }
    }
}
