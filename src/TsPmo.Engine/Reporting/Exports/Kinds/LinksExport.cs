using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>
/// Relations between items that both still exist, each once, in the direction of its kind. They are held in memory, a few words each, since both ends may tell of
/// one and only the whole can be put in order.
/// </summary>
internal sealed class LinksExport(PmoStore store, ScopedItems items) : ExportKind("links", "fromConnector", "fromId", "kind", "toConnector", "toId")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (links, book) = (new HashSet<Relation>(), new AddressBook(scope.Pmo.BaseAddresses));
        await using var context = store.Read();
        var connectors = scope.Setup.Connectors.Select(c => c.Name).Order(StringComparer.Ordinal).ToList();
        foreach (var connector in connectors)
            await AddItemsAsync(context, connector, book, links, cancellationToken);
        foreach (var connector in connectors)
        {
            await foreach (var link in context.Links.Where(l => l.Connector == connector && l.IsActive).AsAsyncEnumerable().WithCancellation(cancellationToken))
                Add(link, book, links);
        }

        var chosen = await ChosenAsync(scope, cancellationToken);
        var shown = links.Where(l => book.Contains(l.From) && book.Contains(l.To) && (chosen is null || chosen.Contains(l.From) || chosen.Contains(l.To)));
        foreach (var link in shown.OrderBy(l => l.From).ThenBy(l => l.KindText, StringComparer.Ordinal).ThenBy(l => l.To))
            yield return [link.From.Connector, link.From.Id, link.KindText, link.To.Connector, link.To.Id];
    }

    private static async Task AddItemsAsync(PmoContext context, string connector, AddressBook book, HashSet<Relation> links, CancellationToken cancellationToken)
    {
        var live = context.Items.Where(i => i.Connector == connector && !i.IsDeleted && i.Version >= 0).Select(i => new { i.Id, i.Key, i.Values });
        await foreach (var item in live.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var id = new SourceId(connector, item.Id);
            book.Add(id, item.Key);
            var values = RawCodec.DecodeValues(item.Values);
            foreach (var former in values.GetValueOrDefault(RawFields.FormerKeys).AsList())
                book.AddFormer(id, former);
            if (values.GetValueOrDefault(RawFields.Parent).Text is { } parent)
                links.Add(new Relation(id, LinkKind.Parent, new SourceId(connector, parent)));
        }
    }

    private static void Add(LinkRow link, AddressBook book, HashSet<Relation> links)
    {
        var (mine, other) = (new SourceId(link.Connector, link.ItemId), link.OtherId is { } id ? new SourceId(link.Connector, id) : book.Resolve(link.OtherUrl));
        if (other is not { } end || end == mine)
            return;
        var (from, to) = link.IsOutward ? (mine, end) : (end, mine);
        var swaps = link.Kind == LinkKind.Relates && string.CompareOrdinal(from.ToString(), to.ToString()) > 0;
        links.Add(swaps ? new Relation(to, link.Kind, from) : new Relation(from, link.Kind, to));
    }

    private async Task<HashSet<SourceId>?> ChosenAsync(ExportScope scope, CancellationToken cancellationToken)
    {
        if (scope.Projects is null)
            return null;
        var chosen = new HashSet<SourceId>();
        foreach (var connector in scope.Connectors)
            chosen.UnionWith((await items.ChosenIdsAsync(scope, connector, cancellationToken) ?? []).Select(id => new SourceId(connector, id)));
        return chosen;
    }

    private readonly record struct Relation(SourceId From, LinkKind Kind, SourceId To)
    {
        public string KindText => Kind switch
        {
            LinkKind.Blocks => "blocks",
            LinkKind.DependsOn => "depends-on",
            LinkKind.Duplicates => "duplicates",
            LinkKind.CausedBy => "caused-by",
            LinkKind.Parent => "parent",
            _ => "relates",
        };
    }
}
