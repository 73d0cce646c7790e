using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Governance;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>Reads milestones: the tracker's versions, and the iterations that a project's plan names as promised.</summary>
internal static class MilestoneReading
{
    public static Milestone Version(MilestoneRow row) =>
        new(new SourceId(row.Connector, row.Id), row.Project, row.Name, "version", row.Start, row.Date, row.Released, row.ReleasedAt);

    /// <summary>A version with the dates that it had before, oldest first.</summary>
    public static Milestone Version(MilestoneRow row, IReadOnlyList<FormerMilestoneDateRow> former)
    {
        var moves = PlanMoves.Of(former, f => f.Date, row.Date, row.SeenSince);
        return Version(row) with { Dates = moves.Plans, DatesSince = moves.Since };
    }

    /// <summary>Iterations planned in days that one of the projects names in <c>Plan.Milestones</c>; the promised date is the plan's.</summary>
    public static IEnumerable<Milestone> Planned(IEnumerable<SprintRow> sprints, IReadOnlyList<ProjectDefinition> projects) =>
        from sprint in sprints
        where sprint.FirstDay is not null || sprint.LastDay is not null
        let promise = Promise(sprint, projects)
        where promise is not null
        select new Milestone(new SourceId(sprint.Connector, sprint.Id), sprint.Project ?? "", sprint.Name, "planned", sprint.FirstDay, promise, Released: false, ReleasedAt: null) { DatesSince = DateTimeOffset.MinValue };

    private static DateOnly? Promise(SprintRow sprint, IEnumerable<ProjectDefinition> projects) => projects
        .Where(p => p.Sources.Any(s => s.Connector == sprint.Connector && (sprint.Project is null || string.Equals(s.Project, sprint.Project, StringComparison.OrdinalIgnoreCase))))
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => p.Plan.Milestones.TryGetValue(sprint.Name, out var date) ? date : (DateOnly?)null)
        .FirstOrDefault(date => date is not null);
}
