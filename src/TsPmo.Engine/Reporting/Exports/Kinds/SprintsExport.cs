using System.Runtime.CompilerServices;
using TsPmo.Engine.History;
using TsPmo.Engine.Storage;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>Sprints that a team selected or an item carries.</summary>
internal sealed class SprintsExport(PmoStore store, ScopedItems items) : ExportKind("sprints", "connector", "id", "name", "boardOrTeam", "goal", "state", "start", "end", "completed")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var connector in scope.Connectors)
        {
            foreach (var stored in (await ShownAsync(scope, connector, cancellationToken)).OrderBy(s => s.Row.Id, StringComparer.Ordinal))
            {
                var sprint = SprintReading.Read(stored, scope.Pmo.Calendar, scope.Now, scope.IsPast);
                yield return [connector, stored.Row.Id, sprint.Name, Filled(sprint.BoardOrTeam), Filled(sprint.Goal), Spelled(sprint.State), sprint.Start, sprint.End, sprint.Completed];
            }
        }
    }

    private async Task<IEnumerable<StoredSprint>> ShownAsync(ExportScope scope, string connector, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var sprints = await StoredSprint.AllAsync(context, connector, cancellationToken);
        if (scope.Projects is null && sprints.TrueForAll(s => s.Row.IsSelected))
            return sprints;
        var carried = await CarriedAsync(scope, connector, cancellationToken);
        return sprints.Where(s => carried.Contains(s.Row.Id) || (s.Row.IsSelected && scope.Includes(connector, s.Row.Project)));
    }

    private async Task<HashSet<string>> CarriedAsync(ExportScope scope, string connector, CancellationToken cancellationToken)
    {
        var carried = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in items.HistoriesAsync(scope, connector, cancellationToken))
        {
            if (!item.Deleted.At(scope.At))
                carried.UnionWith(item.Sprints.At(scope.At));
        }

        return carried;
    }
}
