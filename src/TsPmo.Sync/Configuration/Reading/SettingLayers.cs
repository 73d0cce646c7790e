using Microsoft.Extensions.Configuration;

namespace TsPmo.Sync.Configuration.Reading;

/// <summary>
/// The sources of the configuration, the weakest first. A plain value comes from the last source that has it, a list whole from the last source
/// that has any of it, the names of objects from all of them. (The framework's own merge would mix two lists by index.)
/// </summary>
internal sealed class SettingLayers(IReadOnlyList<IConfigurationProvider> layers)
{
    /// <summary>Names of what lies directly below a path, each as its first source spells it.</summary>
    public IReadOnlyList<string> Children(string path) =>
        [.. layers.SelectMany(layer => ChildrenIn(layer, path)).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The plain value at a path; null where there is none.</summary>
    public string? Value(string path)
    {
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            if (layers[i].TryGet(path, out var value))
                return value;
        }

        return null;
    }

    /// <summary>Whether any source has anything at or below a path.</summary>
    public bool Has(string path) => layers.Any(layer => HasIn(layer, path));

    /// <summary>The list at a path by position, from the last source that has any of it; null where none has.</summary>
    public IReadOnlyList<(string Path, string? Value)>? List(string path)
    {
        var layer = layers.LastOrDefault(l => HasIn(l, path));
        if (layer is null)
            return null;
        var names = ChildrenIn(layer, path).Order(ConfigurationKeyComparer.Instance);
        return [.. names.Select(name => (ConfigurationPath.Combine(path, name), layer.TryGet(ConfigurationPath.Combine(path, name), out var value) ? value : null))];
    }

    /// <summary>Every plain value below a path by its relative path: a name with a colon in it would look like two levels.</summary>
    public IReadOnlyList<(string Name, string? Value)> Leaves(string path) =>
        [.. LeavesBelow(path).Select(leaf => (leaf[(path.Length + 1)..], Value(leaf)))];

    private IEnumerable<string> LeavesBelow(string path)
    {
        foreach (var child in Children(path).Select(name => ConfigurationPath.Combine(path, name)))
        {
            var deeper = LeavesBelow(child).ToList();
            foreach (var leaf in deeper.Count > 0 ? deeper : [child])
                yield return leaf;
        }
    }

    private static bool HasIn(IConfigurationProvider layer, string path) => layer.TryGet(path, out _) || ChildrenIn(layer, path).Any();

    private static IEnumerable<string> ChildrenIn(IConfigurationProvider layer, string path) =>
        layer.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase);
}
