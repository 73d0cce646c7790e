using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.History;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Facts;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>
/// Hours booked on items that are not deleted. A tracker tells them as entries, or as a running total whose differences are the entries; one tracker does not do both.
/// </summary>
internal sealed class TimeEntriesExport(PmoStore store, ScopedItems items) : ExportKind("time-entries", "connector", "id", "workItem", "person", "date", "hours")
{
    public override bool IsPersonal => true;

    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var connector in scope.Connectors)
        {
            await foreach (var row in ToldAsync(scope, connector, cancellationToken))
                yield return row;
            await foreach (var (stored, _) in items.StoredAsync(scope, connector, cancellationToken))
            {
                foreach (var row in stored.Row.IsDeleted ? [] : Differences(scope, connector, stored))
                    yield return row;
            }
        }
    }

    private async IAsyncEnumerable<object?[]> ToldAsync(ExportScope scope, string connector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chosen = await items.ChosenIdsAsync(scope, connector, cancellationToken);
        var until = scope.At.ToUnixTimeMilliseconds();
        await using var context = store.Read();
        var entries = context.TimeEntries.Where(t => t.Connector == connector && t.Started <= until)
            .Where(t => context.Items.Any(i => i.Connector == connector && i.Id == t.ItemId && !i.IsDeleted && i.Version >= 0))
            .OrderBy(t => t.Id).AsAsyncEnumerable();
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (chosen is null || chosen.Contains(entry.ItemId))
            {
                var date = scope.Pmo.Calendar.DayOf(Instants.FromRow(entry.Started));
                yield return [connector, entry.Id, entry.ItemId, scope.People.IdOf(connector, entry.Account), date, entry.Hours];
            }
        }
    }

    private static IEnumerable<object?[]> Differences(ExportScope scope, string connector, StoredItem item) =>
        TimeEntryReading.Differences(connector, item, scope.People).Where(e => e.At <= scope.At)
            .Select(e => new object?[] { connector, e.Id.Id, e.Item.Id, e.Person, scope.Pmo.Calendar.DayOf(e.At), e.Hours });
}
