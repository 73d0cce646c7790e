using TsPmo.Model;

namespace TsPmo.Sync.Configuration.Reading;

/// <summary>One mistake in the configuration.</summary>
/// <param name="Key">Full path of the key, or the file it is in when it has none.</param>
/// <param name="Value">What stands there; null where nothing does or where it must not be shown.</param>
/// <param name="Wrong">What is wrong, to be read after the value ("is not a date").</param>
/// <param name="Right">What would be right, as an instruction ("write yyyy-MM-dd").</param>
internal sealed record SettingProblem(string Key, string? Value, string Wrong, string Right)
{
    /// <summary>The whole in one line.</summary>
    public override string ToString() => $"{Key}: {Subject}{Wrong}; {Right}{(Right.EndsWith('?') ? "" : ".")}";

    /// <summary>The same as the rest of the application says what failed.</summary>
    public Problem ToProblem() => new("configuration-invalid", $"{Subject}{Wrong}", Right) { Scope = Key };

    private string Subject => Value is null ? "" : $"\"{Value}\" ";
}

/// <summary>All mistakes found, in the order of their keys.</summary>
internal sealed class SettingProblems
{
    private readonly HashSet<SettingProblem> _found = [];

    public bool Any => _found.Count > 0;

    public IReadOnlyList<SettingProblem> Sorted =>
        [.. _found.OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Wrong, StringComparer.Ordinal)];

    public void Add(string key, string? value, string wrong, string right) => _found.Add(new SettingProblem(key, value, wrong, right));
}
