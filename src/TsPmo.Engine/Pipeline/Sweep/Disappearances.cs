using TsPmo.Model;

namespace TsPmo.Engine.Pipeline.Sweep;

/// <summary>Counts the items that a sweep found to be out of sight, by the tracker's project.</summary>
internal sealed class Disappearances
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.OrdinalIgnoreCase);

    public void Add(IEnumerable<string> projects)
    {
        foreach (var project in projects)
            _counts[project] = _counts.GetValueOrDefault(project) + 1;
    }

    /// <summary>One problem per project.</summary>
    public IEnumerable<Problem> Problems() => _counts.Select(c => new Problem(
        "no-longer-visible",
        c.Value == 1
            ? $"One item of {c.Key} is still there but can no longer be seen; it is kept as it was last known."
            : $"{c.Value} items of {c.Key} are still there but can no longer be seen; they are kept as they were last known.",
        "Give the account the right to see them again (project role, permission or security level); the next reconciliation picks them up.") { Scope = c.Key });
}
