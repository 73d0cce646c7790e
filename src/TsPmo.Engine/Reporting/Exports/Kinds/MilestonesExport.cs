using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.History;
using TsPmo.Engine.Storage;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>Versions, and iterations that a plan promises.</summary>
internal sealed class MilestonesExport(PmoStore store) : ExportKind("milestones", "connector", "id", "project", "name", "kind", "start", "date", "released", "releasedAt")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        foreach (var connector in scope.Connectors)
        {
            var versions = await context.Milestones.Where(m => m.Connector == connector).ToListAsync(cancellationToken);
            var sprints = await context.Sprints.Where(s => s.Connector == connector).ToListAsync(cancellationToken);
            var planned = MilestoneReading.Planned(sprints, scope.Projects ?? [.. scope.Pmo.Projects.Values]);
            var all = versions.Where(v => scope.Includes(connector, v.Project)).Select(MilestoneReading.Version).Concat(planned);
            foreach (var milestone in all.OrderBy(m => m.Id))
            {
                yield return
                [
                    connector, milestone.Id.Id, Filled(milestone.Project), milestone.Name, milestone.Kind, milestone.Start, milestone.Date, milestone.Released, milestone.ReleasedAt,
                ];
            }
        }
    }
}
