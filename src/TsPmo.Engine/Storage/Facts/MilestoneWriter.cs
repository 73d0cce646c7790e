using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Writes versions as they stand. No tracker remembers the date a version had before, so one that is about to be replaced is kept with the instant of our noticing.</summary>
internal sealed class MilestoneWriter(WriteSession session, string connector, DateTimeOffset now)
{
    public async Task WriteAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        foreach (var whole in facts.OfType<MilestonesOfProject>())
            await DropAsync(whole, cancellationToken);
        var milestones = facts.OfType<MilestoneFact>().Reverse().DistinctBy(m => m.Id, StringComparer.Ordinal).Select(Row).ToList();
        if (milestones.Count == 0)
            return;
        var ids = milestones.Select(m => m.Id).ToList();
        var known = await session.Context.Milestones.Where(m => m.Connector == connector && EF.Parameter(ids).Contains(m.Id)).ToDictionaryAsync(m => m.Id, StringComparer.Ordinal, cancellationToken);
        var former = new List<FormerMilestoneDateRow>();
        foreach (var milestone in milestones)
        {
            var before = known.GetValueOrDefault(milestone.Id);
            milestone.SeenSince = before is null ? now.ToUnixTimeMilliseconds() : before.SeenSince;
            if (before is not null && before.Date != milestone.Date)
                former.Add(new() { Connector = connector, MilestoneId = milestone.Id, Until = now.ToUnixTimeMilliseconds(), Date = before.Date });
        }

        await session.UpsertAsync(former, cancellationToken);
        await session.UpsertAsync(milestones, cancellationToken);
    }

    private async Task DropAsync(MilestonesOfProject whole, CancellationToken cancellationToken)
    {
        var (project, ids) = (whole.Project, whole.Ids.ToList());
        var gone = session.Context.Milestones.Where(m => m.Connector == connector && m.Project == project && !EF.Parameter(ids).Contains(m.Id));
        await session.Context.FormerMilestoneDates.Where(d => d.Connector == connector && gone.Any(m => m.Id == d.MilestoneId)).ExecuteDeleteAsync(cancellationToken);
        await gone.ExecuteDeleteAsync(cancellationToken);
    }

    private MilestoneRow Row(MilestoneFact milestone) => new()
    {
        Connector = connector,
        Id = milestone.Id,
        Project = milestone.Project,
        Name = milestone.Name,
        Start = milestone.Start,
        Date = milestone.Date,
        Released = milestone.Released,
        ReleasedAt = milestone.ReleasedAt,
    };
}
