using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>
/// What ids are called now. Renaming a status or type leaves no trace in an item, neither in its history nor in the time of its last update, so that only the catalogue tells.
/// </summary>
internal sealed class CurrentNames
{
    private readonly Dictionary<(string Project, string Id), string> _inProject = [];
    private readonly Dictionary<string, string> _anywhere = new(StringComparer.Ordinal);

    /// <summary>Takes a definition; what has no id cannot be renamed.</summary>
    public void Add(string project, string? id, string name)
    {
        if (id is null)
            return;
        _inProject[(project.ToUpperInvariant(), id)] = name;
        _anywhere[id] = name;
    }

    /// <summary>The name of the value's id, that of its project first; the value's own text where it has no id or nothing defines it.</summary>
    public string? Of(string project, RawValue value)
    {
        if (value.Id is not { } id)
            return value.Text;
        return _inProject.TryGetValue((project.ToUpperInvariant(), id), out var own) ? own
            : _inProject.TryGetValue(("", id), out var everywhere) ? everywhere
            : _anywhere.GetValueOrDefault(id) ?? value.Text;
    }
}
