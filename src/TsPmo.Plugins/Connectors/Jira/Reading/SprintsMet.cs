using System.Globalization;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>A sprint that an issue carries.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Board">The board it was made on; null where that is not told.</param>
/// <param name="IsClosed">Whether it is over.</param>
/// <param name="Completed">When it was closed.</param>
internal sealed record MetSprint(long Id, long? Board, bool IsClosed, DateTimeOffset? Completed);

/// <summary>Sprints that the issues of a pass carry. They show that a board which had nothing to tell has sprints again, without asking it.</summary>
internal sealed class SprintsMet
{
    private readonly Dictionary<long, MetSprint> _met = [];

    /// <summary>Every sprint met, each once.</summary>
    public IReadOnlyCollection<MetSprint> All => _met.Values;

    /// <summary>Notes the sprints in the sprint field of an issue.</summary>
    public void In(JsonElement field)
    {
        foreach (var sprint in SprintField.Sprints(field))
        {
            if (long.TryParse(sprint.Id, CultureInfo.InvariantCulture, out var id))
                _met[id] = new(id, sprint.Board, sprint.State == "CLOSED", sprint.Completed);
        }
    }
}
