using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>Reads links, each in the direction of its kind, whichever of its ends told of it.</summary>
internal sealed class LinkReading(PmoStore store)
{
    /// <summary>Items asked for at a time.</summary>
    private const int BatchSize = 500;

    /// <summary>The links between some items, of one tracker or across several, each once; what they are children of is told by their histories.</summary>
    public async Task<IReadOnlyList<ItemLink>> BetweenAsync(IReadOnlyList<ScopedItem> items, PmoDefinition pmo, CancellationToken cancellationToken)
    {
        var (book, links) = (new AddressBook(pmo.BaseAddresses), new HashSet<ItemLink>());
        foreach (var item in items)
            book.Add(item.Item.Id, item.Item.Key);
        await using var context = store.Read();
        foreach (var connector in items.GroupBy(i => i.Item.Id.Connector, i => i.Item.Id.Id, StringComparer.Ordinal))
        {
            foreach (var batch in connector.Chunk(BatchSize))
            {
                var rows = await context.Links.Where(l => l.Connector == connector.Key && l.IsActive && EF.Parameter(batch).Contains(l.ItemId)).ToListAsync(cancellationToken);
                links.UnionWith(rows.Select(row => Of(row, book)).OfType<ItemLink>().Where(l => book.Contains(l.From) && book.Contains(l.To)));
            }
        }

        return [.. links];
    }

    /// <summary>The link that a row tells of; null where its other end is not known. A relation without direction begins at the smaller end.</summary>
    public static ItemLink? Of(LinkRow row, AddressBook book)
    {
        var (mine, other) = (new SourceId(row.Connector, row.ItemId), row.OtherId is { } id ? new SourceId(row.Connector, id) : book.Resolve(row.OtherUrl));
        if (other is not { } end || end == mine)
            return null;
        var (from, to) = row.IsOutward ? (mine, end) : (end, mine);
        var swaps = row.Kind == LinkKind.Relates && string.CompareOrdinal(from.ToString(), to.ToString()) > 0;
        return swaps ? new ItemLink(to, row.Kind, from) : new ItemLink(from, row.Kind, to);
    }
}
