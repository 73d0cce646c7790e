using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Writes the links of one page. A set replaces what was known from its item; what it no longer holds is gone, from the other end too.</summary>
internal sealed class LinkPageWriter(WriteSession session, string connector)
{
    private const string Feed = "feed";

    public async Task WriteAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        await session.UpsertAsync([.. facts.OfType<LinkFact>().Select(FeedRow)], cancellationToken);
        var versions = facts.OfType<WorkItemFact>().GroupBy(i => i.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(i => i.Version), StringComparer.Ordinal);
        var sets = facts.OfType<LinkSet>().ToList();
        if (sets.Count > 0)
            await WriteSetsAsync(sets, versions, cancellationToken);
    }

    private async Task WriteSetsAsync(List<LinkSet> sets, Dictionary<string, long> versions, CancellationToken cancellationToken)
    {
        var ids = sets.Select(s => s.ItemId).Distinct(StringComparer.Ordinal).ToList();
        var known = await session.Context.LinkSets.Where(s => s.Connector == connector && EF.Parameter(ids).Contains(s.ItemId))
            .ToDictionaryAsync(s => (s.ItemId, s.Group), cancellationToken);
        foreach (var set in sets)
        {
            var rows = set.Links.DistinctBy(l => l.Origin, StringComparer.Ordinal).OrderBy(l => l.Origin, StringComparer.Ordinal).Select(l => Row(set, l)).ToList();
            var hash = RawCodec.Hash(string.Join('\n', rows.Select(r => $"{r.Origin}\t{r.Kind}\t{r.IsOutward}\t{r.OtherId}\t{r.OtherUrl}")));
            var stored = known.GetValueOrDefault((set.ItemId, set.Group));
            var version = versions.GetValueOrDefault(set.ItemId, stored?.Version ?? 0);
            if (stored is not null && (version < stored.Version || (version == stored.Version && hash == stored.Hash)))
                continue;
            if (stored is null || hash != stored.Hash)
                await ReplaceAsync(set, rows, stored is not null, cancellationToken);
            var kept = new LinkSetRow { Connector = connector, ItemId = set.ItemId, Group = set.Group, Version = version, Hash = hash };
            await session.UpsertAsync([kept], cancellationToken);
            known[(set.ItemId, set.Group)] = kept;
        }
    }

    private async Task ReplaceAsync(LinkSet set, List<LinkRow> rows, bool isKnown, CancellationToken cancellationToken)
    {
        if (isKnown)
        {
            var origins = rows.Select(r => r.Origin).ToList();
            var mine = session.Context.Links.Where(l => l.Connector == connector && l.ItemId == set.ItemId && l.Group == set.Group && !EF.Parameter(origins).Contains(l.Origin));
            var gone = await mine.Select(l => l.Origin).ToListAsync(cancellationToken);
            await session.Context.Links.Where(l => l.Connector == connector && l.Group == set.Group && EF.Parameter(gone).Contains(l.Origin)).ExecuteDeleteAsync(cancellationToken);
        }

        await session.UpsertAsync(rows, cancellationToken);
    }

    private LinkRow Row(LinkSet set, LinkEnd link) => new()
    {
        Connector = connector,
        ItemId = set.ItemId,
        Group = set.Group,
        Origin = link.Origin,
        Kind = link.Kind,
        IsOutward = link.IsOutward,
        OtherId = link.OtherId,
        OtherUrl = link.OtherUrl,
    };

    private LinkRow FeedRow(LinkFact link) => new()
    {
        Connector = connector,
        ItemId = link.FromId,
        Group = Feed,
        Origin = link.Origin,
        Version = link.Version,
        Kind = link.Kind,
        IsOutward = true,
        OtherId = link.ToId,
        IsActive = link.IsActive,
    };
}
