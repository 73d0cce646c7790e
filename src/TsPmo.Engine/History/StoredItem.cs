using System.Collections.ObjectModel;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>An item as it is stored: current raw values and its events, oldest first.</summary>
internal sealed class StoredItem(ItemRow row, IEnumerable<EventRow> events, IEnumerable<QueryMemberRow> memberships)
{
    private Dictionary<string, RawValue>? _current;

    public ItemRow Row => row;

    public Dictionary<string, RawValue> Current => _current ??= RawCodec.DecodeValues(row.Values);

    /// <summary>When it fulfilled the conditions of sources.</summary>
    public IEnumerable<QueryMemberRow> Memberships => memberships;

    public IReadOnlyList<StoredEvent> Events { get; } = Untold([.. events.OrderBy(e => e.At).ThenBy(e => e.EventId).Select(e => new StoredEvent(e))]);

    /// <summary>A move that we noticed before the tracker's own event of it had come is told by that event.</summary>
    private static List<StoredEvent> Untold(List<StoredEvent> events)
    {
        if (!events.Exists(e => OwnEvents.IsMove(e.EventId)))
            return events;
        var told = events.Where(e => !OwnEvents.IsMove(e.EventId)).Select(e => e.After(RawFields.Project)).Where(p => !p.IsNone).ToList();
        return [.. events.Where(e => !OwnEvents.IsMove(e.EventId) || !told.Exists(p => RawSame.Are(p, e.After(RawFields.Project))))];
    }
}

/// <summary>One event of an item, with its values decoded once.</summary>
internal sealed class StoredEvent
{
    public StoredEvent(EventRow row)
    {
        (EventId, At, Author, IsSnapshot) = (row.EventId, Instants.FromRow(row.At), row.Author, row.IsSnapshot);
        if (row.IsSnapshot)
            Snapshot = RawCodec.DecodeValues(row.Values);
        else
            Changes = RawCodec.DecodeChanges(row.Values);
    }

    public long EventId { get; }

    public DateTimeOffset At { get; }

    public string? Author { get; }

    public bool IsSnapshot { get; }

    /// <summary>Everything that stood then; empty for a delta.</summary>
    public IReadOnlyDictionary<string, RawValue> Snapshot { get; } = ReadOnlyDictionary<string, RawValue>.Empty;

    /// <summary>What changed; empty for a snapshot.</summary>
    public IReadOnlyDictionary<string, RawChange> Changes { get; } = ReadOnlyDictionary<string, RawChange>.Empty;

    /// <summary>The field's value after the event; none where it does not tell.</summary>
    public RawValue After(string field) => IsSnapshot ? Snapshot.GetValueOrDefault(field) : Changes.GetValueOrDefault(field).To;
}
