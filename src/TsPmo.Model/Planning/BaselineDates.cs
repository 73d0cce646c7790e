using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>A planned day, where it came from, and whether the tracker remembers what it was at the time.</summary>
internal readonly record struct PlannedDay(DateOnly Day, DateSource Source, bool IsHistorical);

/// <summary>
/// Planned dates of items as of the instant of a baseline. The order of the sources is the methodology's: Scrum asks the sprint first, then
/// field, version, parent; Kanban and Waterfall know only the fields; Hybrid asks field, sprint, version, parent.
/// </summary>
internal sealed class BaselineDates(ProjectHistory history, DateTimeOffset at)
{
    /// <summary>A date further off than this is a slip of the keyboard, not a plan.</summary>
    private const int HorizonYears = 30;

    private readonly DateSource[] _finishOrder = history.Project.Methodology switch
    {
        Methodology.Scrum => [DateSource.Sprint, DateSource.Field, DateSource.Version, DateSource.Parent],
        Methodology.Hybrid => [DateSource.Field, DateSource.Sprint, DateSource.Version, DateSource.Parent],
        _ => [DateSource.Field],
    };

    /// <summary>The planned finish; null for none.</summary>
    public PlannedDay? Finish(ItemHistory item) => Finish(item, []);

    /// <summary>The planned start: field, sprint, version, then the project's.</summary>
    public PlannedDay? Start(ItemHistory item) =>
        Known(item.PlannedStart.At(at), DateSource.Field, isHistorical: true)
        ?? OfSprints(item, dates => dates.FirstDay(history.Calendar))
        ?? Known(MilestonesOf(item).Min(m => m.Start), DateSource.Version, isHistorical: false)
        ?? Known(history.Project.Plan.Start, DateSource.Plan, isHistorical: true);

    private PlannedDay? Finish(ItemHistory item, HashSet<SourceId> visited)
    {
        if (!visited.Add(item.Id))
            return null;
        foreach (var source in _finishOrder)
        {
            if (FinishFrom(source, item, visited) is { } found)
                return found;
        }

        return null;
    }

    private PlannedDay? FinishFrom(DateSource source, ItemHistory item, HashSet<SourceId> visited) => source switch
    {
        DateSource.Field => Known(item.PlannedFinish.At(at), source, isHistorical: true),
        DateSource.Sprint => OfSprints(item, dates => dates.LastDay(history.Calendar)),
        DateSource.Version => OfMilestones(item),
        _ => ParentOf(item) is { } parent && Finish(parent, visited) is { } inherited ? inherited with { Source = source } : null,
    };

    /// <summary>The earliest date of the item's milestones, as they stood then; it is historical where all of them are.</summary>
    private PlannedDay? OfMilestones(ItemHistory item)
    {
        var milestones = MilestonesOf(item).ToList();
        return Known(milestones.Min(m => m.DateAt(at)), DateSource.Version, milestones.TrueForAll(m => m.KnowsDateAt(at)));
    }

    private PlannedDay? Known(DateOnly? day, DateSource source, bool isHistorical) =>
        day is { } d && Math.Abs(d.Year - at.Year) <= HorizonYears ? new(d, source, isHistorical) : null;

    /// <summary>The latest day that the item's sprints give, with the dates they had then; it is historical where all of them are.</summary>
    private PlannedDay? OfSprints(ItemHistory item, Func<SprintDates, DateOnly?> day)
    {
        var sprints = SprintsOf(item).ToList();
        return Known(sprints.Max(s => day(s.DatesAt(at))), DateSource.Sprint, sprints.TrueForAll(s => s.KnowsDatesAt(at)));
    }

    private IEnumerable<Sprint> SprintsOf(ItemHistory item) => item.Sprints.At(at)
        .Select(id => history.Sprints.GetValueOrDefault(new SourceId(item.Id.Connector, id)))
        .OfType<Sprint>();

    /// <summary>Its versions, and those of its iterations that the plan names as promised.</summary>
    private IEnumerable<Milestone> MilestonesOf(ItemHistory item) => item.Milestones.At(at).Concat(item.Sprints.At(at))
        .Select(id => history.Milestones.GetValueOrDefault(new SourceId(item.Id.Connector, id)))
        .OfType<Milestone>();

    private ItemHistory? ParentOf(ItemHistory item) =>
        item.Parent.At(at) is { } id && history.ById.TryGetValue(new SourceId(item.Id.Connector, id), out var parent) && parent.Item.ExistsAt(at)
            ? parent.Item
            : null;
}
