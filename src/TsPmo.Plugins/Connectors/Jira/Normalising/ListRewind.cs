using System.Text.Json;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>Lists whose history tells single elements. Fed with entries from the newest to the oldest, it gives the whole list on both sides of each.</summary>
internal sealed class ListRewind
{
    private readonly Dictionary<string, string> _versions;
    private readonly Dictionary<string, string> _components;

    public ListRewind(JsonElement fields)
    {
        _versions = Current(fields, "fixVersions");
        _components = Current(fields, "components");
    }

    /// <summary>Changes of the lists in one entry; the lists then stand as before it.</summary>
    public Dictionary<string, RawChange> Before(JsonElement items)
    {
        var values = new Dictionary<string, RawChange>(StringComparer.Ordinal);
        if (Rewind(_versions, items, "fixVersions", "Fix Version", list => list.Keys) is { } versions)
            values[RawFields.Milestones] = versions;
        if (Rewind(_components, items, "components", "Component", list => list.Values) is { } components)
            values[RawFields.Components] = components;
        return values;
    }

    private static Dictionary<string, string> Current(JsonElement fields, string field)
    {
        var current = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in fields.Items(field))
        {
            if (element.Text("id") is { } id)
                current[id] = element.Text("name") ?? id;
        }

        return current;
    }

    private static RawChange? Rewind(
        Dictionary<string, string> list, JsonElement items, string fieldId, string name, Func<Dictionary<string, string>, IEnumerable<string>> shown)
    {
        var mine = items.Items().Where(i => ChangedField.IsSystem(i, fieldId, name)).ToList();
        if (mine.Count == 0)
            return null;
        var after = RawValue.OfList(shown(list));
        foreach (var added in mine.Select(i => i.Text("to")).Where(id => !string.IsNullOrEmpty(id)).OfType<string>())
            list.Remove(added);
        foreach (var item in mine)
        {
            if (item.Text("from") is { Length: > 0 } removed)
                list[removed] = item.Text("fromString") ?? removed;
        }

        return new(RawValue.OfList(shown(list)), after);
    }
}
