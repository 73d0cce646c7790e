using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>Keeps memberships as stretches of time, so that an answer costs what differs from the one before.</summary>
internal sealed class QueryLedger(PmoStore store) : IQueryLedger
{
    private const int BatchSize = 500;

    public async Task TakeAsync(string connector, string query, IReadOnlySet<string> matching, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = at.ToUnixTimeMilliseconds();
        await using var session = await store.WriteAsync(cancellationToken);
        var isFirst = !await session.Context.QueryAnswers.AnyAsync(a => a.Connector == connector && a.Query == query, cancellationToken);
        var open = session.Context.QueryMembers.Where(m => m.Connector == connector && m.Query == query && m.Until == null);
        var known = await open.Select(m => m.ItemId).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        foreach (var left in known.Where(id => !matching.Contains(id)).Chunk(BatchSize))
            await open.Where(m => EF.Parameter(left).Contains(m.ItemId)).ExecuteUpdateAsync(m => m.SetProperty(r => r.Until, now), cancellationToken);
        await session.UpsertAsync([.. matching.Where(id => !known.Contains(id)).Select(Member)], cancellationToken);
        await session.UpsertAsync([new QueryAnswerRow { Connector = connector, Query = query, At = now }], cancellationToken);
        await session.CommitAsync(cancellationToken);

        QueryMemberRow Member(string id) => new() { Connector = connector, Query = query, ItemId = id, Since = isFirst ? QueryMemberRow.Ever : now };
    }
}
