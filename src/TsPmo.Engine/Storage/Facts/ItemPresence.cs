using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>
/// Decides whether an item is there. A tracker's word on a deletion has an instant, and the later word holds. What a sweep found gone has none but that of our noticing:
/// it holds until the item is seen again, whenever that was last changed.
/// </summary>
internal sealed class ItemPresence(DateTimeOffset now, bool isLook)
{
    private readonly List<WorkItemEvent> _noticed = [];
    private readonly HashSet<string> _incomplete = new(StringComparer.Ordinal);

    /// <summary>Events that no tracker told, to be stored with the page.</summary>
    public IReadOnlyList<WorkItemEvent> Noticed => _noticed;

    /// <summary>Ids of items of which revisions are missing.</summary>
    public IReadOnlyList<string> Incomplete => [.. _incomplete];

    /// <summary>The later word of the tracker holds; of two at once, that of the deletion. Whether anything changed.</summary>
    public static bool Told(ItemRow row, DateTimeOffset at, bool isDeleted)
    {
        var told = at.ToUnixTimeMilliseconds();
        if (isDeleted && IsFoundGone(row))
        {
            // The tracker confirms what we found: from now on it is its word that counts.
            (row.FoundGoneAt, row.DeletionToldAt) = (null, Math.Max(row.DeletionToldAt, told));
            return true;
        }

        if (told < row.DeletionToldAt || (told == row.DeletionToldAt && (row.IsDeleted || !isDeleted)))
            return false;
        (row.DeletionToldAt, row.IsDeleted) = (told, isDeleted);
        if (isDeleted)
            row.FoundGoneAt = null;
        return true;
    }

    /// <summary>
    /// A revision came that does not follow the last one that is stored: the item was out of sight when those between went past. It is to be looked at, by this pass or, where
    /// that does not come to it, by the next sweep.
    /// </summary>
    public void Skipped(ItemRow row)
    {
        if (isLook || row.IsDeleted)
            return;
        row.FoundGoneAt ??= now.ToUnixTimeMilliseconds();
        _incomplete.Add(row.Id);
    }

    /// <summary>A record of the item came that does not call it deleted. Whether anything changed.</summary>
    public bool Seen(ItemRow row)
    {
        var wasHidden = row.HiddenSince is not null;
        row.HiddenSince = null;
        var isGone = IsFoundGone(row) || (isLook && row.IsDeleted);
        if (!isGone && !(isLook && row.FoundGoneAt is not null))
            return wasHidden;
        if (isGone)
            Notice(row, isDeleted: false);
        row.FoundGoneAt = null;
        return true;
    }

    /// <summary>The item did not show itself when it was looked up. Whether anything changed.</summary>
    public bool Missed(ItemRow row, Absence why)
    {
        if (row.IsDeleted || (why == Absence.Hidden && row.HiddenSince is not null))
            return false;
        if (why == Absence.Hidden)
        {
            row.HiddenSince = now.ToUnixTimeMilliseconds();
            return true;
        }

        row.HiddenSince = null;
        Notice(row, isDeleted: true);
        row.FoundGoneAt = row.DeletionToldAt;
        return true;
    }

    private static bool IsFoundGone(ItemRow row) => row.IsDeleted && row.FoundGoneAt is not null;

    /// <summary>A clock that lags behind the tracker's, or two findings within one instant, must not let the later finding come before the earlier one.</summary>
    private void Notice(ItemRow row, bool isDeleted)
    {
        var at = Math.Max(now.ToUnixTimeMilliseconds(), row.DeletionToldAt == long.MinValue ? long.MinValue : row.DeletionToldAt + 1);
        (row.DeletionToldAt, row.IsDeleted) = (at, isDeleted);
        _noticed.Add(OwnEvents.Deletion(row.Id, Instants.FromRow(at), isDeleted));
    }
}
