using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.History;

/// <summary>A sprint as it is stored.</summary>
/// <param name="Row">As it stands.</param>
/// <param name="Former">Dates that it had before, oldest first.</param>
internal sealed record StoredSprint(SprintRow Row, IReadOnlyList<FormerSprintDatesRow> Former)
{
    /// <summary>All sprints of a connector, in no particular order.</summary>
    public static async Task<List<StoredSprint>> AllAsync(PmoContext context, string connector, CancellationToken cancellationToken)
    {
        var former = (await context.FormerSprintDates.Where(d => d.Connector == connector).OrderBy(d => d.Until).ToListAsync(cancellationToken)).ToLookup(d => d.SprintId, StringComparer.Ordinal);
        var rows = await context.Sprints.Where(s => s.Connector == connector).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new StoredSprint(row, [.. former[row.Id]]))];
    }
}
