using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Writes sprints as they stand. No tracker remembers the dates a sprint had before, so those that are about to be replaced are kept with the instant of our noticing.</summary>
internal sealed class SprintWriter(WriteSession session, string connector, DateTimeOffset now)
{
    public async Task WriteAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        foreach (var whole in facts.OfType<SprintsOfProject>())
            await DropAsync(whole, cancellationToken);
        var sprints = facts.OfType<SprintFact>().Reverse().DistinctBy(s => s.Id, StringComparer.Ordinal).Select(Row).ToList();
        if (sprints.Count == 0)
            return;
        var ids = sprints.Select(s => s.Id).ToList();
        var known = await session.Context.Sprints.Where(s => s.Connector == connector && EF.Parameter(ids).Contains(s.Id)).ToDictionaryAsync(s => s.Id, StringComparer.Ordinal, cancellationToken);
        var former = new List<FormerSprintDatesRow>();
        foreach (var sprint in sprints)
        {
            var before = known.GetValueOrDefault(sprint.Id);
            sprint.SeenSince = before is null ? now.ToUnixTimeMilliseconds() : before.SeenSince;
            if (before is not null && HasMoved(before, sprint))
                former.Add(Former(before));
        }

        await session.UpsertAsync(former, cancellationToken);
        await session.UpsertAsync(sprints, cancellationToken);
    }

    private Task DropAsync(SprintsOfProject whole, CancellationToken cancellationToken)
    {
        var (project, ids) = (whole.Project, whole.Ids.ToList());
        return session.Context.Sprints.Where(s => s.Connector == connector && s.Project == project && s.IsSelected && !EF.Parameter(ids).Contains(s.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.IsSelected, false), cancellationToken);
    }

    private static bool HasMoved(SprintRow before, SprintRow after) =>
        (before.Start, before.End, before.FirstDay, before.LastDay) != (after.Start, after.End, after.FirstDay, after.LastDay);

    private FormerSprintDatesRow Former(SprintRow sprint) => new()
    {
        Connector = connector,
        SprintId = sprint.Id,
        Until = now.ToUnixTimeMilliseconds(),
        Start = sprint.Start,
        End = sprint.End,
        FirstDay = sprint.FirstDay,
        LastDay = sprint.LastDay,
    };

    private SprintRow Row(SprintFact sprint) => new()
    {
        Connector = connector,
        Id = sprint.Id,
        Project = sprint.Project,
        Name = sprint.Name,
        BoardOrTeam = sprint.BoardOrTeam,
        Goal = string.IsNullOrWhiteSpace(sprint.Goal) ? null : sprint.Goal,
        State = sprint.State,
        Start = Instants.ToRow(sprint.Start),
        End = Instants.ToRow(sprint.End),
        Completed = Instants.ToRow(sprint.Completed),
        FirstDay = sprint.FirstDay,
        LastDay = sprint.LastDay,
        IsSelected = sprint.IsSelected,
    };
}
