using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Facts;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>Capacities of people in teams and sprints.</summary>
internal sealed class CapacitiesExport(PmoStore store) : ExportKind("capacities", "connector", "team", "sprint", "person", "hoursPerDay", "daysOff")
{
    public override bool IsPersonal => true;

    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        foreach (var connector in scope.Connectors)
        {
            var sets = await context.Capacities.Where(c => c.Connector == connector).ToListAsync(cancellationToken);
            var rows = sets.Where(s => scope.Includes(connector, s.Project))
                .SelectMany(s => CapacityJson.Read(s.Rows)
                    .Select(r => (s.Team, s.SprintId, Person: scope.People.IdOf(connector, r.Account), Row: r)))
                .OrderBy(r => r.Team, StringComparer.Ordinal).ThenBy(r => r.SprintId, StringComparer.Ordinal).ThenBy(r => r.Person, StringComparer.Ordinal);
            foreach (var (team, sprint, person, row) in rows)
                yield return [connector, team, sprint, person, row.HoursPerDay, Days(row.DaysOff)];
        }
    }

    private static string[] Days(IReadOnlyList<DateOnly> days) => [.. days.Distinct().Order().Select(CellText.Of)];
}
