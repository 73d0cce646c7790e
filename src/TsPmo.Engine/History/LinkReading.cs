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
    public async Task<ProjectLinks> BetweenAsync(IReadOnlyList<ScopedItem> items, PmoDefinition pmo, CancellationToken cancellationToken)
    {
        var (book, links, open) = (new AddressBook(pmo.BaseAddresses), new HashSet<ItemLink>(), new List<(SourceId Item, SourceId End)>());
        var shapes = items.Select(i => Shape(i.Item.Url)).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
            book.Add(item.Item.Id, item.Item.Key);
        await using var context = store.Read();
        foreach (var connector in items.GroupBy(i => i.Item.Id.Connector, i => i.Item.Id.Id, StringComparer.Ordinal))
        {
            foreach (var batch in connector.Chunk(BatchSize))
            {
                var rows = await context.Links.Where(l => l.Connector == connector.Key && l.IsActive && EF.Parameter(batch).Contains(l.ItemId)).ToListAsync(cancellationToken);
                foreach (var row in rows)
                {
                    if (Of(row, book) is { } link && book.Contains(link.From) && book.Contains(link.To))
                        links.Add(link);
                    else if (End(row, book, shapes) is { } end)
                        open.Add((new SourceId(row.Connector, row.ItemId), end));
                }
            }
        }

        var known = await KnownAsync(context, open.Select(o => o.End), cancellationToken);
        return new([.. links], open.Where(o => !known.Contains(o.End)).Select(o => o.Item).ToHashSet());
    }

    /// <summary>What a link names at its other end, if that is an item of a configured tracker: pages of other kinds lie under the same addresses and are told apart by the part before the last.</summary>
    private static SourceId? End(LinkRow row, AddressBook book, HashSet<string> shapes) =>
        row.OtherId is { } id ? new SourceId(row.Connector, id)
        : Shape(row.OtherUrl) is { } shape && shapes.Contains(shape) ? book.Locate(row.OtherUrl)
        : null;

    /// <summary>The part of an address before the last; null where it has none.</summary>
    private static string? Shape(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.AbsolutePath.TrimEnd('/').Split('/') is [.., { Length: > 0 } before, _] ? before : null;

    /// <summary>Those of some ends that any project's items are, by id or key.</summary>
    private static async Task<HashSet<SourceId>> KnownAsync(PmoContext context, IEnumerable<SourceId> ends, CancellationToken cancellationToken)
    {
        var known = new HashSet<SourceId>();
        foreach (var connector in ends.Distinct().GroupBy(e => e.Connector, StringComparer.Ordinal))
        {
            foreach (var batch in connector.Chunk(BatchSize))
            {
                string[] names = [.. batch.Select(e => e.Id).Concat(batch.Select(e => e.Id.ToUpperInvariant())).Distinct(StringComparer.Ordinal)];
                var items = await context.Items.Where(i => i.Connector == connector.Key && (EF.Parameter(names).Contains(i.Id) || EF.Parameter(names).Contains(i.Key)))
                    .Select(i => new { i.Id, i.Key }).ToListAsync(cancellationToken);
                var found = items.SelectMany(i => new[] { i.Id, i.Key }).ToHashSet(StringComparer.OrdinalIgnoreCase);
                known.UnionWith(batch.Where(e => found.Contains(e.Id)));
            }
        }

        return known;
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

/// <summary>The links of a project's items.</summary>
/// <param name="Links">Those between them, each once.</param>
/// <param name="Unresolved">Items with a link into a configured tracker that leads to no item that is stored.</param>
internal sealed record ProjectLinks(IReadOnlyList<ItemLink> Links, IReadOnlySet<SourceId> Unresolved);
