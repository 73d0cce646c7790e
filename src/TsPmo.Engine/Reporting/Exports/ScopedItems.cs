using System.Runtime.CompilerServices;
using TsPmo.Engine.History;
using TsPmo.Model.History;

namespace TsPmo.Engine.Reporting.Exports;

/// <summary>Streams the items an export is about.</summary>
internal sealed class ScopedItems(StoredItems items)
{
    /// <summary>A connector's items that existed at the instant and were in the chosen projects then, ordered by id. Deleted ones are among them.</summary>
    public async IAsyncEnumerable<ItemHistory> HistoriesAsync(ExportScope scope, string connector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, history) in StoredAsync(scope, connector, cancellationToken))
            yield return history;
    }

    /// <summary>The same, with what is stored of each.</summary>
    public async IAsyncEnumerable<(StoredItem Stored, ItemHistory History)> StoredAsync(ExportScope scope, string connector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var vocabulary = await items.VocabularyAsync(connector, scope.Pmo, cancellationToken);
        var stored = scope.TrackerProjects(connector) is { } projects ? items.StreamAsync(connector, projects, cancellationToken) : items.StreamAsync(connector, cancellationToken);
        await foreach (var item in stored)
        {
            var history = ItemFold.Fold(connector, item, vocabulary);
            if (history.Created <= scope.At && (scope.Projects is not { } chosen || ScopeMatch.ProjectsOf(chosen, history, scope.At).Count > 0))
                yield return (item, history);
        }
    }

    /// <summary>Ids of a connector's items in the chosen projects; null where no project was chosen.</summary>
    public async Task<HashSet<string>?> ChosenIdsAsync(ExportScope scope, string connector, CancellationToken cancellationToken)
    {
        if (scope.Projects is null)
            return null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in HistoriesAsync(scope, connector, cancellationToken))
            ids.Add(item.Id.Id);
        return ids;
    }
}
