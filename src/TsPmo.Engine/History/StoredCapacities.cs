using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Calendar;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Resources;

namespace TsPmo.Engine.History;

/// <summary>Reads the capacities of all teams: a person whom a project shares with others has one capacity for all of them. Their rows are understood when somebody asks.</summary>
internal sealed class StoredCapacities(PmoStore store)
{
    public async Task<IReadOnlyList<TeamCapacity>> ReadAsync(ProjectDefinition project, People people, WorkingCalendar calendar, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var rows = await context.Capacities
            .Join(context.Sprints, c => new { c.Connector, Id = c.SprintId }, s => new { s.Connector, s.Id }, (Capacity, Sprint) => new { Capacity, Sprint })
            .OrderBy(r => r.Capacity.Connector).ThenBy(r => r.Capacity.SprintId).ThenBy(r => r.Capacity.Team)
            .ToListAsync(cancellationToken);
        return new DeferredList<TeamCapacity>(() =>
            [.. rows.Select(r => Read(r.Capacity, SprintReading.Read(new(r.Sprint, []), calendar, DateTimeOffset.MaxValue, isPast: true), project, people, calendar)).OfType<TeamCapacity>()]);
    }

    private static TeamCapacity? Read(CapacityRow row, Model.Planning.Sprint sprint, ProjectDefinition project, People people, WorkingCalendar calendar)
    {
        if (sprint.FirstDay(calendar) is not { } first || sprint.LastDay(calendar) is not { } last)
            return null;
        var members = CapacityJson.Read(row.Rows).Select(r => new TeamMember(people.IdOf(new(row.Connector, r.Account)), r.HoursPerDay, r.DaysOff));
        return new(sprint.Id, row.Team, new(first, last), [.. members])
        {
            IsOwn = project.Sources.Any(s => s.Connector == row.Connector && string.Equals(s.Project, row.Project, StringComparison.OrdinalIgnoreCase)),
        };
    }
}
