using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Work;

namespace TsPmo.Plugins.Connectors;

/// <summary>
/// Statuses as a mapping names them, by name alone. Workflows, types and processes may give one name different meanings: the commonest is told, and that there are others.
/// </summary>
/// <param name="Statuses">Each name once, ordinal order.</param>
/// <param name="Problems">Names with several meanings.</param>
internal sealed record StatusMeanings(IReadOnlyList<DiscoveredStatus> Statuses, IReadOnlyList<Problem> Problems)
{
    /// <param name="connector">The connector's name.</param>
    /// <param name="word">What the tracker calls them, in the plural.</param>
    /// <param name="found">Every status with its meaning where it was found.</param>
    public static StatusMeanings Of(string connector, string word, IEnumerable<(string Name, State State)> found)
    {
        var (statuses, problems) = (new List<DiscoveredStatus>(), new List<Problem>());
        foreach (var name in found.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var meanings = name.GroupBy(s => s.State).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).ToList();
            statuses.Add(new(name.First().Name, meanings[0]));
            if (meanings.Count > 1)
                problems.Add(Ambiguous(connector, word, name.First().Name, meanings));
        }

        return new(statuses, problems);
    }

    private static Problem Ambiguous(string connector, string word, string name, IReadOnlyList<State> meanings) => new(
        "status-ambiguous",
        $"Several {word} are called '{name}', and they mean {string.Join(" and ", meanings)}.",
        $"Leave it out of TsPmo:Connectors:{connector}:Mapping:States, so that each keeps its own meaning, or map it if it should mean the same everywhere.") { Scope = name };
}
