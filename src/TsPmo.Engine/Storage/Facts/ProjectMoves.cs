using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>
/// Notices moves between projects that no event tells of. Only the project is guarded in this way: a move may be made by administrators in bulk, without a word in the history,
/// and decides whose figures the item enters and from when; of any other field, the history is the tracker's business.
/// </summary>
internal sealed class ProjectMoves(WriteSession session)
{
    private readonly List<(ItemRow Row, WorkItemFact Item, RawValue Before)> _suspects = [];

    /// <summary>Takes note of an item that is about to replace what is stored of it.</summary>
    public void Watch(ItemRow row, WorkItemFact item)
    {
        var now = Project(item);
        var before = row.Version < 0 ? now : RawCodec.DecodeValues(row.Values).GetValueOrDefault(RawFields.Project);
        if (row.Version < 0 || !RawSame.Are(before, now))
            _suspects.Add((row, item, before));
    }

    /// <summary>The moves that neither the page's nor the stored events tell, at the instant of the items' last update, without author.</summary>
    public async Task<IReadOnlyList<WorkItemEvent>> NoticedAsync(IReadOnlyList<WorkItemEvent> events, CancellationToken cancellationToken)
    {
        if (_suspects.Count == 0)
            return [];
        var told = events.Where(e => e.Values.ContainsKey(RawFields.Project)).ToLookup(e => e.ItemId, StringComparer.Ordinal);
        var stored = await StoredAsync(cancellationToken);
        return [.. _suspects.Select(s => Noticed(s.Item, s.Before, told[s.Item.Id].Select(Told).Concat(stored[s.Row.ItemKey]))).OfType<WorkItemEvent>()];
    }

    private static RawValue Project(WorkItemFact item) => item.Values.GetValueOrDefault(RawFields.Project);

    /// <summary>An item as it stood before the last told move says nothing of what came after.</summary>
    private static WorkItemEvent? Noticed(WorkItemFact item, RawValue before, IEnumerable<(long At, long EventId, RawValue To)> told)
    {
        var (at, _, last) = told.OrderBy(t => t.At).ThenBy(t => t.EventId).LastOrDefault((long.MinValue, 0, before));
        return item.Updated.ToUnixTimeMilliseconds() < at || last.IsNone || Project(item).IsNone || RawSame.Are(last, Project(item)) ? null : OwnEvents.Move(item.Id, item.Updated, last, Project(item));
    }

    private static (long At, long EventId, RawValue To) Told(WorkItemEvent e) => (e.At.ToUnixTimeMilliseconds(), e.EventId, e.Values[RawFields.Project].To);

    private async Task<ILookup<long, (long At, long EventId, RawValue To)>> StoredAsync(CancellationToken cancellationToken)
    {
        var keys = _suspects.Select(s => s.Row.ItemKey).Where(k => k != 0).ToList();
        var rows = keys.Count == 0 ? [] : await session.Context.Events.Where(e => EF.Parameter(keys).Contains(e.ItemKey)).ToListAsync(cancellationToken);
        return rows.Select(r => (r.ItemKey, r.At, r.EventId, Project: ProjectOf(r))).Where(r => !r.Project.IsNone).ToLookup(r => r.ItemKey, r => (r.At, r.EventId, r.Project));
    }

    private static RawValue ProjectOf(EventRow row) => row.IsSnapshot
        ? RawCodec.DecodeValues(row.Values).GetValueOrDefault(RawFields.Project)
        : RawCodec.DecodeChanges(row.Values).GetValueOrDefault(RawFields.Project).To;
}
