using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>
/// What one reading has seen of each item, a few bytes apiece: enough to notice that revisions are missing between two, that a later one lies elsewhere,
/// and that hyperlinks came or went. It is never stored; what it cannot tell after an interruption is asked of the tracker.
/// </summary>
internal sealed class SeenItems
{
    private readonly Dictionary<long, Sight> _items = [];

    /// <summary>The last revision seen; null for an item that was not seen yet.</summary>
    public int? LastRevision(long id) => _items.TryGetValue(id, out var sight) ? sight.Revision : null;

    /// <summary>How many addresses it pointed at when it was last seen (<see cref="OutsideLinks"/>).</summary>
    public int Hyperlinks(long id) => _items.GetValueOrDefault(id).Hyperlinks;

    /// <summary>Takes note of a revision; an older one than the last is no news.</summary>
    public void Note(long id, JsonElement revision)
    {
        var number = (int)(revision.Whole("rev") ?? 0);
        if (_items.TryGetValue(id, out var before) && before.Revision >= number)
            return;
        var fields = revision.Child("fields");
        var isLast = WireDate.Instant(fields.Text(FieldNames.RevisedDate)) is null;
        _items[id] = new(number, OutsideLinks.Of(fields), isLast || fields is { } f && f.Flag(FieldNames.IsDeleted));
    }

    /// <summary>Items of which the tracker has a later revision than the last one seen.</summary>
    public IEnumerable<(long Id, int Revision)> Unfinished() => _items.Where(i => !i.Value.IsLast).Select(i => (i.Key, i.Value.Revision));

    private readonly record struct Sight(int Revision, int Hyperlinks, bool IsLast);
}
