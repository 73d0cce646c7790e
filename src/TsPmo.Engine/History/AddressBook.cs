using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>
/// Finds the item behind an address. An address belongs to the connector under whose base address it lies (the longest one where several do); its last
/// part is the item's key or id, as it is in the addresses of every tracker that people open.
/// </summary>
internal sealed class AddressBook(IReadOnlyDictionary<string, Uri> bases)
{
    private readonly HashSet<SourceId> _items = [];
    private readonly Dictionary<SourceId, SourceId> _byKey = [];
    private readonly IReadOnlyList<(string Connector, Uri Address, string Path)> _bases =
        [.. bases.Select(b => (b.Key, b.Value, b.Value.AbsolutePath.TrimEnd('/') + "/")).OrderByDescending(b => b.Item3.Length).ThenBy(b => b.Key, StringComparer.Ordinal)];

    public void Add(SourceId item, string key)
    {
        _items.Add(item);
        _byKey[new SourceId(item.Connector, key.ToUpperInvariant())] = item;
    }

    /// <summary>A key that the item had; it leads to the item unless another has it now.</summary>
    public void AddFormer(SourceId item, string key) => _byKey.TryAdd(new SourceId(item.Connector, key.ToUpperInvariant()), item);

    public bool Contains(SourceId item) => _items.Contains(item);

    /// <summary>The item, or null where the address leads to none that is known.</summary>
    public SourceId? Resolve(string? address)
    {
        if (Locate(address) is not { } named)
            return null;
        if (_byKey.TryGetValue(named with { Id = named.Id.ToUpperInvariant() }, out var item))
            return item;
        return _items.Contains(named) ? named : null;
    }

    /// <summary>The connector an address leads into and what it names there, an item's key or id if it leads to one; null where it leads into none.</summary>
    public SourceId? Locate(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return null;
        var name = Uri.UnescapeDataString(uri.AbsolutePath.TrimEnd('/').Split('/')[^1]);
        foreach (var (connector, root, path) in _bases)
        {
            if (LiesUnder(uri, root, path))
                return new SourceId(connector, name);
        }

        return null;
    }

    private static bool LiesUnder(Uri address, Uri root, string path) =>
        Uri.Compare(address, root, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        && address.AbsolutePath.StartsWith(path, StringComparison.OrdinalIgnoreCase);
}
