using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.History;

/// <summary>Streams stored items with their events, batch by batch, and reads what their words mean.</summary>
internal sealed class StoredItems(PmoStore store)
{
    /// <summary>Items in memory at a time.</summary>
    private const int BatchSize = 500;

    /// <summary>Every item of a connector, ordered by id.</summary>
    public async IAsyncEnumerable<StoredItem> StreamAsync(string connector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var last = "";
        while (true)
        {
            var rows = await context.Items.Where(i => i.Connector == connector && i.Version >= 0 && i.Id.CompareTo(last) > 0)
                .OrderBy(i => i.Id).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var item in await WithEventsAsync(context, rows, cancellationToken))
                yield return item;
            if (rows.Count < BatchSize)
                yield break;
            last = rows[^1].Id;
        }
    }

    /// <summary>Every item of a connector that is or once was in one of the tracker's projects, ordered by id.</summary>
    public async IAsyncEnumerable<StoredItem> StreamAsync(string connector, IEnumerable<string> projects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var known = await context.ItemProjects.Where(p => p.Connector == connector).Select(p => p.Project).Distinct().ToListAsync(cancellationToken);
        var named = known.Intersect(projects, StringComparer.OrdinalIgnoreCase).ToList();
        var keys = await context.ItemProjects.Where(p => p.Connector == connector && EF.Parameter(named).Contains(p.Project))
            .Join(context.Items.Where(i => i.Version >= 0), p => p.ItemKey, i => i.ItemKey, (p, i) => new { i.Id, i.ItemKey })
            .Distinct().OrderBy(i => i.Id).Select(i => i.ItemKey).ToListAsync(cancellationToken);
        foreach (var batch in keys.Chunk(BatchSize))
        {
            var rows = await context.Items.Where(i => EF.Parameter(batch).Contains(i.ItemKey)).OrderBy(i => i.Id).ToListAsync(cancellationToken);
            foreach (var item in await WithEventsAsync(context, rows, cancellationToken))
                yield return item;
        }
    }

    public async Task<Vocabulary> VocabularyAsync(string connector, PmoDefinition pmo, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        return new Vocabulary(
            pmo.Mappings.GetValueOrDefault(connector, new FieldMapping()),
            await context.States.Where(s => s.Connector == connector).ToListAsync(cancellationToken),
            await context.Types.Where(t => t.Connector == connector).ToListAsync(cancellationToken),
            await context.FieldRoles.Where(r => r.Connector == connector).ToListAsync(cancellationToken));
    }

    private static async Task<ILookup<string, QueryMemberRow>> MembershipsAsync(PmoContext context, List<ItemRow> rows, CancellationToken cancellationToken)
    {
        var (connector, ids) = (rows.FirstOrDefault()?.Connector, rows.Select(r => r.Id).ToList());
        var memberships = await context.QueryMembers.Where(m => m.Connector == connector && EF.Parameter(ids).Contains(m.ItemId)).ToListAsync(cancellationToken);
        return memberships.ToLookup(m => m.ItemId, StringComparer.Ordinal);
    }

    private static async Task<IEnumerable<StoredItem>> WithEventsAsync(PmoContext context, List<ItemRow> rows, CancellationToken cancellationToken)
    {
        var keys = rows.Select(r => r.ItemKey).ToList();
        var events = await context.Events.Where(e => EF.Parameter(keys).Contains(e.ItemKey)).ToListAsync(cancellationToken);
        var byItem = events.ToLookup(e => e.ItemKey);
        var memberships = await MembershipsAsync(context, rows, cancellationToken);
        return rows.Select(row => new StoredItem(row, byItem[row.ItemKey], memberships[row.Id]));
    }
}
