using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Contracts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>What was written of absent items.</summary>
/// <param name="Deleted">Items that became tombstones.</param>
/// <param name="Hidden">The tracker's project of each item that became hidden.</param>
internal sealed record AbsenceResult(int Deleted, IReadOnlyList<string> Hidden);

/// <summary>Turns items that did not show themselves when looked up into tombstones, or marks them hidden. An id that was never stored leaves no trace.</summary>
internal sealed class AbsenceWriter(WriteSession session, string connector, DateTimeOffset now)
{
    public async Task<AbsenceResult> WriteAsync(IReadOnlyList<AbsentItem> absent, CancellationToken cancellationToken)
    {
        if (absent.Count == 0)
            return new AbsenceResult(0, []);
        var why = absent.DistinctBy(a => a.Id, StringComparer.Ordinal).ToDictionary(a => a.Id, a => a.Why, StringComparer.Ordinal);
        var ids = why.Keys.ToList();
        var rows = await session.Context.Items.Where(i => i.Connector == connector && i.Version >= 0 && EF.Parameter(ids).Contains(i.Id)).ToListAsync(cancellationToken);
        var presence = new ItemPresence(now, isLook: true);
        var changed = rows.Where(row => presence.Missed(row, why[row.Id])).ToList();
        await session.UpsertAsync(changed, cancellationToken);
        var keys = changed.ToDictionary(r => r.Id, r => r.ItemKey, StringComparer.Ordinal);
        await session.UpsertAsync([.. presence.Noticed.Select(e => EventRow.Of(e, keys[e.ItemId]))], cancellationToken);
        return new AbsenceResult(changed.Count(r => r.IsDeleted), [.. changed.Where(r => !r.IsDeleted).Select(Project)]);
    }

    private static string Project(ItemRow row) => RawCodec.DecodeValues(row.Values).GetValueOrDefault(RawFields.Project).Text ?? "";
}
