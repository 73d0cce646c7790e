using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.History;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>Sprints that a team selected or an item carries.</summary>
internal sealed class SprintsExport(PmoStore store, ScopedItems items) : ExportKind("sprints", "connector", "id", "name", "boardOrTeam", "goal", "state", "start", "end", "completed")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var connector in scope.Connectors)
        {
            foreach (var row in (await ShownAsync(scope, connector, cancellationToken)).OrderBy(s => s.Id, StringComparer.Ordinal))
            {
                var sprint = SprintReading.Read(row, scope.Pmo.Calendar, scope.Now, scope.IsPast);
                yield return [connector, row.Id, sprint.Name, Filled(sprint.BoardOrTeam), Filled(sprint.Goal), Spelled(sprint.State), sprint.Start, sprint.End, sprint.Completed];
            }
        }
    }

    private async Task<IEnumerable<SprintRow>> ShownAsync(ExportScope scope, string connector, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var rows = await context.Sprints.Where(s => s.Connector == connector).ToListAsync(cancellationToken);
        if (scope.Projects is null && rows.TrueForAll(s => s.IsSelected))
            return rows;
        var carried = await CarriedAsync(scope, connector, cancellationToken);
        return rows.Where(s => carried.Contains(s.Id) || (s.IsSelected && scope.Includes(connector, s.Project)));
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
