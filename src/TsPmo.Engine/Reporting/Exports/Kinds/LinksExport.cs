using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.History;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Facts;
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
        var (links, book) = (new HashSet<ItemLink>(), new AddressBook(scope.Pmo.BaseAddresses));
        await using var context = store.Read();
        var connectors = scope.Setup.Connectors.Select(c => c.Name).Order(StringComparer.Ordinal).ToList();
        foreach (var connector in connectors)
            await AddItemsAsync(context, connector, book, links, cancellationToken);
        foreach (var connector in connectors)
        {
            await foreach (var link in context.Links.Where(l => l.Connector == connector && l.IsActive).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (LinkReading.Of(link, book) is { } told)
                    links.Add(told);
            }
        }

        var chosen = await ChosenAsync(scope, cancellationToken);
        var shown = links.Where(l => book.Contains(l.From) && book.Contains(l.To) && (chosen is null || chosen.Contains(l.From) || chosen.Contains(l.To)));
        foreach (var link in shown.OrderBy(l => l.From).ThenBy(l => KindText(l.Kind), StringComparer.Ordinal).ThenBy(l => l.To))
            yield return [link.From.Connector, link.From.Id, KindText(link.Kind), link.To.Connector, link.To.Id];
    }

    private static async Task AddItemsAsync(PmoContext context, string connector, AddressBook book, HashSet<ItemLink> links, CancellationToken cancellationToken)
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
                links.Add(new ItemLink(id, LinkKind.Parent, new SourceId(connector, parent)));
        }
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

    private static string KindText(LinkKind kind) => kind switch
    {
        LinkKind.Blocks => "blocks",
        LinkKind.DependsOn => "depends-on",
        LinkKind.Duplicates => "duplicates",
        LinkKind.CausedBy => "caused-by",
        LinkKind.Parent => "parent",
        _ => "relates",
    };
}
