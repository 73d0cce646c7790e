using TsPmo.Engine.Storage.Facts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Storage.Rows;

// Instants are Unix milliseconds (long) in every row, so that both databases order and compare them alike.

/// <summary>A work item as it stands. A row whose version is negative is known by its events only.</summary>
internal sealed class ItemRow
{
    public const long KnownByEventsOnly = -1;

    public long ItemKey { get; set; }

    public required string Connector { get; set; }

    public required string Id { get; set; }

    public long Version { get; set; } = KnownByEventsOnly;

    public string Key { get; set; } = "";

    public string Url { get; set; } = "";

    public string Title { get; set; } = "";

    public long Created { get; set; }

    public long Updated { get; set; }

    public string? Reporter { get; set; }

    public bool IsRestricted { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>Instant of the latest word on whether it is deleted; an item's or an event's, whichever is later.</summary>
    public long DeletionToldAt { get; set; } = long.MinValue;

    /// <summary>
    /// Of a deleted item: when a sweep found it gone; null where the tracker itself told of the deletion. Of one that is there: when revisions of it were found to be missing,
    /// until a look brings them; null where none are.
    /// </summary>
    public long? FoundGoneAt { get; set; }

    /// <summary>Since when the tracker no longer lets us see it; its values are the last known ones. Null: it can be seen.</summary>
    public long? HiddenSince { get; set; }

    /// <summary>Raw values, compact JSON.</summary>
    public string Values { get; set; } = "{}";

    /// <summary>Highest event number stored, and a hash of what it says: tells a revision that repeats the one before it.</summary>
    public long LastEventId { get; set; } = long.MinValue;

    public long LastEventHash { get; set; }
}

/// <summary>One event of one item.</summary>
internal sealed class EventRow
{
    public long ItemKey { get; set; }

    public long EventId { get; set; }

    public long At { get; set; }

    public string? Author { get; set; }

    public bool IsSnapshot { get; set; }

    public required string Values { get; set; }

    public static EventRow Of(WorkItemEvent change, long itemKey = 0) => new()
    {
        ItemKey = itemKey,
        EventId = change.EventId,
        At = change.At.ToUnixTimeMilliseconds(),
        Author = change.Author,
        IsSnapshot = change.IsSnapshot,
        Values = RawCodec.EncodeEvent(change),
    };
}

/// <summary>That an item is or once was in a project of the tracker.</summary>
internal sealed class ItemProjectRow
{
    public required string Connector { get; set; }

    public required string Project { get; set; }

    public long ItemKey { get; set; }
}

/// <summary>An id that the sweep in progress has listed. Kept in the store, since a sweep may list more than memory should hold.</summary>
internal sealed class SweptRow
{
    public required string Connector { get; set; }

    public required string Id { get; set; }
}

/// <summary>One link as seen from one of its ends, or told on its own by a feed.</summary>
internal sealed class LinkRow
{
    public required string Connector { get; set; }

    public required string ItemId { get; set; }

    /// <summary>The set it belongs to; the feed of links has a group of its own.</summary>
    public required string Group { get; set; }

    public required string Origin { get; set; }

    public long Version { get; set; }

    public LinkKind Kind { get; set; }

    public bool IsOutward { get; set; }

    public string? OtherId { get; set; }

    public string? OtherUrl { get; set; }

    /// <summary>False for a link that the feed said is gone; kept so that an older line of the feed cannot bring it back.</summary>
    public bool IsActive { get; set; } = true;
}

/// <summary>Which version of an item's links of one group is stored, and a hash of it.</summary>
internal sealed class LinkSetRow
{
    public required string Connector { get; set; }

    public required string ItemId { get; set; }

    public required string Group { get; set; }

    public long Version { get; set; }

    public long Hash { get; set; }
}

/// <summary>Hours booked on an item.</summary>
internal sealed class TimeEntryRow
{
    public required string Connector { get; set; }

    public required string Id { get; set; }

    public long Version { get; set; }

    public required string ItemId { get; set; }

    public string? Account { get; set; }

    public long Started { get; set; }

    public decimal Hours { get; set; }
}
