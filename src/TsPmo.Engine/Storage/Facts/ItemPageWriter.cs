using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Writes the items and events of one page and counts what they really changed.</summary>
internal sealed class ItemPageWriter(WriteSession session, string connector, ItemPresence presence, bool isLook)
{
    private readonly Dictionary<string, ItemRow> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<ItemRow> _dirty = [];
    private readonly ProjectMoves _moves = new(session);
    private readonly HashSet<string> _alive = new(StringComparer.Ordinal);
    private int _changed;
    private int _deleted;

    public async Task<CommitResult> WriteAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        var items = facts.OfType<WorkItemFact>().GroupBy(i => i.Id, StringComparer.Ordinal).Select(g => g.OrderBy(i => i.Version).Last()).ToList();
        var events = facts.OfType<WorkItemEvent>().Where(e => e.IsSnapshot || e.Values.Count > 0)
            .DistinctBy(e => (e.ItemId, e.EventId)).OrderBy(e => e.EventId).Select(e => (Event: e, Row: EventRow.Of(e))).ToList();
        await LoadAsync([.. items.Select(i => i.Id).Concat(events.Select(e => e.Event.ItemId)).Distinct(StringComparer.Ordinal)], cancellationToken);
        foreach (var item in items)
            Take(item);
        foreach (var (change, _) in events)
            TakeDeletion(change);
        _deleted = _rows.Values.Count(r => r.IsDeleted && _alive.Contains(r.Id));
        var noticed = presence.Noticed.Concat(await _moves.NoticedAsync([.. events.Select(e => e.Event)], cancellationToken)).ToList();
        var repeated = events.Where(e => Repeats(e.Event, e.Row)).Select(e => e.Row).ToHashSet();
        await SaveItemsAsync(cancellationToken);
        foreach (var (change, row) in events)
            row.ItemKey = _rows[change.ItemId].ItemKey;
        var own = noticed.Select(e => EventRow.Of(e, _rows[e.ItemId].ItemKey));
        var stored = await session.UpsertAsync([.. events.Select(e => e.Row).Where(r => !repeated.Contains(r)), .. own], cancellationToken);
        await session.UpsertAsync([.. repeated], cancellationToken);
        await SaveProjectsAsync(items, events.Select(e => e.Event), cancellationToken);
        return new CommitResult(items.Count, _changed, _deleted, stored);
    }

    private async Task LoadAsync(List<string> ids, CancellationToken cancellationToken)
    {
        var known = session.Context.Items.Where(i => i.Connector == connector && EF.Parameter(ids).Contains(i.Id));
        await foreach (var row in known.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _rows[row.Id] = row;
            if (row is { IsDeleted: false, Version: not ItemRow.KnownByEventsOnly })
                _alive.Add(row.Id);
        }

        foreach (var id in ids.Where(id => !_rows.ContainsKey(id)))
        {
            _rows[id] = new ItemRow { Connector = connector, Id = id };
            _dirty.Add(_rows[id]);
        }
    }

    private void Take(WorkItemFact item)
    {
        var (row, values) = (_rows[item.Id], RawCodec.EncodeValues(item.Values));
        var isDeleted = item.Values.GetValueOrDefault(RawFields.Deleted).AsFlag();
        if (row.Version > item.Version)
        {
            if (isLook)
                Place(row, item, isDeleted);
            return;
        }

        if (row.Version == ItemRow.KnownByEventsOnly || IsMaterial(row, item, values))
            _changed++;
        if (row.Values != values)
            _moves.Watch(row, item);
        Copy(row, item, values);
        Place(row, item, isDeleted);
    }

    private void Place(ItemRow row, WorkItemFact item, bool isDeleted)
    {
        // What a sweep found gone is seen to be back before the tracker's own word is taken: that would hide whose finding it was.
        if ((!isDeleted && presence.Seen(row)) | ItemPresence.Told(row, item.Updated, isDeleted))
            _dirty.Add(row);
    }

    /// <summary>A deletion may be told by an event alone, when the tracker no longer tells how the item stood.</summary>
    private void TakeDeletion(WorkItemEvent change)
    {
        if (!change.IsSnapshot && change.Values.TryGetValue(RawFields.Deleted, out var deletion))
            TellDeletion(_rows[change.ItemId], change.At, deletion.To.AsFlag());
    }

    private void TellDeletion(ItemRow row, DateTimeOffset at, bool isDeleted)
    {
        if (ItemPresence.Told(row, at, isDeleted))
            _dirty.Add(row);
    }

    private static bool IsMaterial(ItemRow row, WorkItemFact item, string values) =>
        row.Values != values || row.Key != item.Key || row.Url != item.Url || row.Title != item.Title
        || row.Created != item.Created.ToUnixTimeMilliseconds() || row.Reporter != item.Reporter || row.IsRestricted != item.IsRestricted;

    private void Copy(ItemRow row, WorkItemFact item, string values)
    {
        var updated = item.Updated.ToUnixTimeMilliseconds();
        if (row.Version == item.Version && row.Updated == updated && !IsMaterial(row, item, values))
            return;
        (row.Version, row.Key, row.Url, row.Title, row.Values) = (item.Version, item.Key, item.Url, item.Title, values);
        (row.Created, row.Updated) = (item.Created.ToUnixTimeMilliseconds(), updated);
        (row.Reporter, row.IsRestricted) = (item.Reporter, item.IsRestricted);
        _dirty.Add(row);
    }

    /// <summary>
    /// Whether a revision says what the one before it says (a comment makes a revision, our own writes do). It is stored all the same, since a revision
    /// that lies between the two may still arrive.
    /// </summary>
    private bool Repeats(WorkItemEvent change, EventRow stored)
    {
        var (item, hash) = (_rows[change.ItemId], RawCodec.Hash(stored.Values));
        if (change.EventId <= item.LastEventId)
            return false;
        // Revisions are numbered without holes, changelog entries are not.
        if (change.IsSnapshot && item.LastEventId != long.MinValue && change.EventId > item.LastEventId + 1)
            presence.Skipped(item);
        var repeats = change.IsSnapshot && item.LastEventId != long.MinValue && item.LastEventHash == hash;
        (item.LastEventId, item.LastEventHash) = (change.EventId, hash);
        _dirty.Add(item);
        return repeats;
    }

    private async Task SaveItemsAsync(CancellationToken cancellationToken)
    {
        await session.UpsertAsync([.. _dirty], cancellationToken);
        var unnumbered = _dirty.Where(r => r.ItemKey == 0).Select(r => r.Id).ToList();
        if (unnumbered.Count == 0)
            return;
        var keys = session.Context.Items.Where(i => i.Connector == connector && EF.Parameter(unnumbered).Contains(i.Id)).Select(i => new { i.Id, i.ItemKey });
        await foreach (var key in keys.AsAsyncEnumerable().WithCancellation(cancellationToken))
            _rows[key.Id].ItemKey = key.ItemKey;
    }

    private async Task SaveProjectsAsync(IEnumerable<WorkItemFact> items, IEnumerable<WorkItemEvent> events, CancellationToken cancellationToken)
    {
        var now = items.Select(i => (i.Id, Project: i.Values.GetValueOrDefault(RawFields.Project)));
        var then = events.Where(e => e.Values.ContainsKey(RawFields.Project))
            .SelectMany(e => new[] { e.Values[RawFields.Project].From, e.Values[RawFields.Project].To }.Select(p => (Id: e.ItemId, Project: p)));
        var rows = now.Concat(then).Where(p => p.Project.Text is not null).Distinct()
            .Select(p => new ItemProjectRow { Connector = connector, Project = p.Project.Text ?? "", ItemKey = _rows[p.Id].ItemKey });
        await session.UpsertAsync([.. rows.DistinctBy(r => (r.Project, r.ItemKey))], cancellationToken);
    }
}
