using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>Keeps listed ids in a table of their own, so that the comparison is the database's work and no item is rewritten for having been seen.</summary>
internal sealed class SweepLedger(PmoStore store) : ISweepLedger
{
    /// <summary>Ids in memory at a time.</summary>
    private const int PageSize = 500;

    public async Task ClearAsync(string connector, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        await session.Context.Swept.Where(s => s.Connector == connector).ExecuteDeleteAsync(cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task AddAsync(string connector, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        await session.UpsertAsync([.. ids.Select(id => new SweptRow { Connector = connector, Id = id })], cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<string>> StoredAsync(string connector, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var stored = new List<string>();
        foreach (var some in ids.Chunk(PageSize))
            stored.AddRange(await context.Items.Where(i => i.Connector == connector && i.Version >= 0 && EF.Parameter(some).Contains(i.Id)).Select(i => i.Id).ToListAsync(cancellationToken));
        return stored;
    }

    public async IAsyncEnumerable<string> SuspectsAsync(string connector, IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var id in MissingAsync(connector, projects, cancellationToken))
            yield return id;
        await foreach (var id in UnknownAsync(connector, cancellationToken))
            yield return id;
    }

    /// <summary>The index tells who ever was in the projects; where an item is now, only its values do.</summary>
    private async IAsyncEnumerable<string> MissingAsync(string connector, IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var known = await context.ItemProjects.Where(p => p.Connector == connector).Select(p => p.Project).Distinct().ToListAsync(cancellationToken);
        var named = known.Intersect(projects, StringComparer.OrdinalIgnoreCase).ToList();
        var missing = context.Items.Where(i => i.Connector == connector && i.Version >= 0 && !i.IsDeleted
            && !context.Swept.Any(s => s.Connector == connector && s.Id == i.Id)
            && context.ItemProjects.Any(p => p.Connector == connector && p.ItemKey == i.ItemKey && EF.Parameter(named).Contains(p.Project)));
        var last = "";
        while (true)
        {
            var page = await missing.Where(i => i.Id.CompareTo(last) > 0).OrderBy(i => i.Id).Take(PageSize).Select(i => new { i.Id, i.Values }).ToListAsync(cancellationToken);
            foreach (var item in page.Where(i => projects.Contains(RawCodec.DecodeValues(i.Values).GetValueOrDefault(RawFields.Project).Text, StringComparer.OrdinalIgnoreCase)))
                yield return item.Id;
            if (page.Count < PageSize)
                yield break;
            last = page[^1].Id;
        }
    }

    private async IAsyncEnumerable<string> UnknownAsync(string connector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var unknown = context.Swept.Where(s => s.Connector == connector
            && !context.Items.Any(i => i.Connector == connector && i.Id == s.Id && i.Version >= 0 && !i.IsDeleted && i.HiddenSince == null && i.FoundGoneAt == null));
        var last = "";
        while (true)
        {
            var page = await unknown.Where(s => s.Id.CompareTo(last) > 0).OrderBy(s => s.Id).Take(PageSize).Select(s => s.Id).ToListAsync(cancellationToken);
            foreach (var id in page)
                yield return id;
            if (page.Count < PageSize)
                yield break;
            last = page[^1];
        }
    }
}
