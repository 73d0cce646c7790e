using TsPmo.Model;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.Pipeline;

/// <summary>The projects that a piece of work is about.</summary>
/// <param name="Projects">The chosen ones, ordered by key.</param>
/// <param name="Problems">One for each key that no project has.</param>
public sealed record ProjectChoice(IReadOnlyList<ProjectDefinition> Projects, IReadOnlyList<Problem> Problems)
{
    /// <summary>All projects, or those of the given keys (any case).</summary>
    public static ProjectChoice Of(PmoDefinition pmo, IReadOnlyCollection<string>? keys)
    {
        var all = pmo.Projects.Values.OrderBy(p => p.Key, StringComparer.Ordinal).ToArray();
        if (keys is null or { Count: 0 })
            return new(all, []);
        var chosen = all.Where(p => keys.Contains(p.Key, StringComparer.OrdinalIgnoreCase)).ToArray();
        var unknown = keys.Where(k => !all.Any(p => p.Key.Equals(k, StringComparison.OrdinalIgnoreCase)));
        return new(chosen, [.. unknown.Select(k => Unknown(k, all))]);
    }

    private static Problem Unknown(string key, ProjectDefinition[] all) => new(
        "project-unknown",
        $"No project is called '{key}'.",
        all.Length == 0 ? "Configure one under TsPmo:Projects." : $"Use one of: {string.Join(", ", all.Select(p => p.Key))}.") { Scope = key };
}
