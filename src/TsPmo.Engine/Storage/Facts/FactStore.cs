using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Stores pages of facts, each with its cursor in one transaction.</summary>
internal sealed class FactStore(PmoStore store, TimeProvider clock) : IFactStore
{
    public async Task<StreamCursor> CursorAsync(string connector, string stream, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var row = await context.Cursors.FirstOrDefaultAsync(c => c.Connector == connector && c.Stream == stream, cancellationToken);
        return row is null ? new StreamCursor(null, 0) : new StreamCursor(row.Value, row.Version);
    }

    public async Task<CommitResult> CommitAsync(PageCommit page, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        if (!await MoveCursorAsync(session, page, cancellationToken))
            return new CommitResult(0, 0, 0, 0) { Problem = Moved(page) };
        var now = clock.GetUtcNow();
        var facts = await KnownItemFacts.ChooseAsync(session, page.Connector, page.Facts, cancellationToken);
        var presence = new ItemPresence(now, page.IsLook);
        var result = await new ItemPageWriter(session, page.Connector, presence, page.IsLook).WriteAsync(facts, cancellationToken);
        var absence = await new AbsenceWriter(session, page.Connector, now).WriteAsync(page.Absent, cancellationToken);
        await new LinkPageWriter(session, page.Connector).WriteAsync(facts, cancellationToken);
        await new OtherFactsWriter(session, page.Connector).WriteAsync(facts, cancellationToken);
        await new MilestoneWriter(session, page.Connector, now).WriteAsync(facts, cancellationToken);
        await new SprintWriter(session, page.Connector, now).WriteAsync(facts, cancellationToken);
        await new DeliveryFactsWriter(session, page.Connector).WriteAsync(facts, cancellationToken);
        await new QuarantineWriter(session, page).WriteAsync(now, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return result with
        {
            ItemsDeleted = result.ItemsDeleted + absence.Deleted,
            ChangesStored = result.ChangesStored + absence.Deleted,
            NewlyHidden = absence.Hidden,
            Incomplete = presence.Incomplete,
        };
    }

    public async Task TouchItemAsync(string connector, TouchedItem item, CancellationToken cancellationToken)
    {
        var updated = item.Updated.ToUnixTimeMilliseconds();
        await using var session = await store.WriteAsync(cancellationToken);
        await session.Context.Items.Where(i => i.Connector == connector && i.Id == item.ItemId && i.Version <= item.Version && i.Version >= 0
                && (item.VersionBefore == null || i.Version == item.VersionBefore))
            .ExecuteUpdateAsync(i => i.SetProperty(r => r.Version, item.Version).SetProperty(r => r.Updated, updated), cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private static async Task<bool> MoveCursorAsync(WriteSession session, PageCommit page, CancellationToken cancellationToken)
    {
        var cursor = session.Context.Cursors.Where(c => c.Connector == page.Connector && c.Stream == page.Stream);
        var moved = await cursor.Where(c => c.Version == page.ExpectedVersion)
            .ExecuteUpdateAsync(c => c.SetProperty(r => r.Value, page.Cursor).SetProperty(r => r.Version, page.ExpectedVersion + 1), cancellationToken);
        if (moved == 1)
            return true;
        if (page.ExpectedVersion != 0 || await cursor.AnyAsync(cancellationToken))
            return false;
        await session.UpsertAsync([new CursorRow { Connector = page.Connector, Stream = page.Stream, Value = page.Cursor, Version = 1 }], cancellationToken);
        return true;
    }

    private static Problem Moved(PageCommit page) => new(
        "cursor-moved",
        $"Another pass over '{page.Connector}' stored this part of '{page.Stream}' meanwhile; this pass stepped back.",
        "Nothing need be done; the next pass goes on from there.") { Scope = page.Stream, Retryable = true };
}
