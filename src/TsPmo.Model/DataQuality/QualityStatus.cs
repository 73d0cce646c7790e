using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.DataQuality;

/// <summary>What is wrong with items as of an instant.</summary>
public sealed class QualityStatus
{
    private readonly QualityItem[] _items;

    internal QualityStatus(IEnumerable<QualityItem> items)
    {
        _items = [.. items];
        Findings = [.. QualityCheck.All.Select(Found).OfType<QualityFinding>()];
    }

    /// <summary>Items that were looked at.</summary>
    public int Items => _items.Length;

    /// <summary>Items on which nothing was found.</summary>
    public int CleanItems => _items.Count(i => i.Found == 0);

    /// <summary>What was found on any item, in the order in which it is told.</summary>
    public IReadOnlyList<QualityFinding> Findings { get; }

    /// <summary>Names of the connectors that the items come from, ordinal order.</summary>
    public IEnumerable<string> Connectors => _items.Select(i => i.Item.Id.Connector).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Every item on which something was found, with all of it, ordered by id.</summary>
    public IReadOnlyList<Evidence> Blemished => new MappedList<QualityItem, Evidence>(
        () => [.. _items.Where(i => i.Found != 0).OrderBy(i => i.Item.Id)],
        i => new Evidence(i.Item.Id, string.Join(", ", QualityCheck.All.Where((_, bit) => i.Has(bit)).Select(c => c.Name)), i.Item.Url));

    /// <summary>The same for the items of one connector.</summary>
    public QualityStatus Of(string connector) => new(_items.Where(i => i.Item.Id.Connector == connector));

    private QualityFinding? Found(QualityCheck check, int bit)
    {
        var affected = _items.Where(i => i.Has(bit)).ToArray();
        if (affected.Length == 0)
            return null;
        var text = $"{affected.Length} of {Items} items {check.Text}.";
        return new(check.Touches, check.IsProvisional, new(check.Name, (decimal)affected.Length / Items, text)
        {
            Items = new MappedList<QualityItem, Evidence>(() => [.. affected.OrderBy(i => i.Item.Id)], i => new Evidence(i.Item.Id, check.Name, i.Item.Url)),
        });
    }
}

/// <summary>A finding on items.</summary>
/// <param name="Touches">What a metric must take from items to be concerned by it.</param>
/// <param name="IsProvisional">Whether it may come out otherwise for the same instant later.</param>
/// <param name="Finding">What was found.</param>
public sealed record QualityFinding(DataNeeds Touches, bool IsProvisional, Finding Finding);

/// <summary>An item that was looked at, and what was found on it, one bit per check.</summary>
internal readonly record struct QualityItem(ItemHistory Item, int Found)
{
    public bool Has(int check) => (Found & (1 << check)) != 0;
}
