using System.Collections.Concurrent;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// The states of each type that a project's catalogue had when its stream was last read, as fingerprints, which the cursor of that stream keeps from pass to pass. A word that is not
/// among them was made since.
/// </summary>
internal sealed class KnownWords
{
    private readonly ConcurrentDictionary<string, string> _projects = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Projects by what is known of them; projects of one process share it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> All => _projects.GroupBy(p => p.Value, p => p.Key, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Order(StringComparer.Ordinal)], StringComparer.Ordinal);

    /// <summary>Takes what an earlier pass knew, where nothing newer is known.</summary>
    public void Remember(IReadOnlyDictionary<string, IReadOnlyList<string>> known)
    {
        foreach (var (words, projects) in known)
        {
            foreach (var project in projects)
                _projects.TryAdd(project, words);
        }
    }

    /// <summary>Takes a project's catalogue, in the shape of its record.</summary>
    public void Learn(JsonElement catalogue) => _projects[catalogue.Text("project") ?? ""] = string.Concat(
        catalogue.Items("types").SelectMany(type => type.Items("states").Select(state => Word(type.Text("name"), state.Text("name")))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>Whether the project's catalogue is known and has not got the state of the type.</summary>
    public bool Lacks(string project, string type, string state) => _projects.TryGetValue(project, out var words) && !Fingerprint.IsAmong(words, Word(type, state));

    private static string Word(string? type, string? state) => Fingerprint.Of($"{type}\n{state}");
}
