using System.Runtime.CompilerServices;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>What changed in items up to the instant. Creation is no change.</summary>
internal sealed class ChangesExport(ScopedItems items) : ExportKind("changes", "connector", "id", "at", "author", "field", "from", "to")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var connector in scope.Connectors)
        {
            await foreach (var item in items.HistoriesAsync(scope, connector, cancellationToken))
            {
                foreach (var change in ItemChanges.Of(item).Where(c => c.At <= scope.At))
                {
                    var (from, to) = (Cell(scope, connector, change.Field, change.From), Cell(scope, connector, change.Field, change.To));
                    if (change.Field != ItemChanges.Assignee || !Equals(from, to))
                        yield return [connector, item.Id.Id, change.At, scope.People.IdOf(connector, change.Author), change.Field, from, to];
                }
            }
        }
    }

    /// <summary>Two accounts of one person are the same assignee.</summary>
    private static object? Cell(ExportScope scope, string connector, string field, object? value) =>
        field == ItemChanges.Assignee ? scope.People.IdOf(connector, value as string) : value;
}
