using TsPmo.Model.History;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Model.DataQuality;

/// <summary>An item as of an instant, with what is known around it.</summary>
internal sealed class QualityView(ProjectHistory history, ItemHistory item, DateTimeOffset at, SourceRemarks remarks)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    public ItemHistory Item => item;

    public DateTimeOffset At => at;

    public SourceRemarks Remarks => remarks;

    public State State { get; } = item.State.At(at);

    /// <summary>The sprints it is in, closed ones that stay in the field included.</summary>
    public IReadOnlyList<Sprint> Sprints { get; } = [.. SprintsOf(history, item, at)];

    /// <summary>Whether it could not be seen then: what was found gone without the tracker's word and came back later may have gone on meanwhile.</summary>
    public bool IsOutOfSight => IsHidden(item, at);

    public static bool IsHidden(ItemHistory item, DateTimeOffset at) => item.HiddenSince <= at || AbsentSince(item, at) is not null;

    /// <summary>Since when an item was thought to be gone that came back later; null where it was there, or stayed away, or the tracker told of the deletion.</summary>
    public static DateTimeOffset? AbsentSince(ItemHistory item, DateTimeOffset at)
    {
        if (!item.Deleted.At(at) || !item.Deleted.Entries.Any(e => e.At > at && !e.To))
            return null;
        var began = item.Deleted.UpTo(at);
        while (began is [.., { From: true }])
            began = began[..^1];
        return began is [.., { Author: null } gone] ? gone.At : null;
    }

    public bool HasDatedMilestone => MilestonesOf(history, item, at).Any(m => m.DateAt(at) is not null);

    public bool HasUnresolvedLink => history.UnresolvedLinks.Contains(item.Id);

    /// <summary>The sprints of an item as of an instant.</summary>
    public static IEnumerable<Sprint> SprintsOf(ProjectHistory history, ItemHistory item, DateTimeOffset at) =>
        item.Sprints.At(at).Select(id => history.Sprints.GetValueOrDefault(new SourceId(item.Id.Connector, id))).OfType<Sprint>();

    /// <summary>The milestones of an item as of an instant.</summary>
    public static IEnumerable<Milestone> MilestonesOf(ProjectHistory history, ItemHistory item, DateTimeOffset at) =>
        item.Milestones.At(at).Select(id => history.Milestones.GetValueOrDefault(new SourceId(item.Id.Connector, id))).OfType<Milestone>();

    /// <summary>The instants at which time alone changes what is to be said of a sprint, and those at which its dates moved.</summary>
    public static IEnumerable<DateTimeOffset> Turns(Sprint sprint) =>
        sprint.EverPlanned.SelectMany(dates => new[] { dates.Start, OverdueFrom(dates) }).Append(sprint.Completed).OfType<DateTimeOffset>().Concat(sprint.Dates?.Instants() ?? []);

    public bool HasEnd(Sprint sprint) => sprint.DatesAt(at).End is not null;

    public bool IsOverdue(Sprint sprint) => OverdueFrom(sprint.DatesAt(at)) <= at && !(sprint.Completed <= at);

    public bool IsOpen(Sprint sprint) => sprint.DatesAt(at).Start <= at && !(sprint.Completed <= at);

    /// <summary>From when on a sprint that was not closed by then is overdue; null where it has no end.</summary>
    private static DateTimeOffset? OverdueFrom(SprintDates dates) => dates.End + Grace;

    public bool IsAmbiguous(string role)
    {
        var project = item.Project.At(at);
        return remarks.AmbiguousFields.Any(f => f.Role == role && (f.Project.Length == 0 || string.Equals(f.Project, project, StringComparison.OrdinalIgnoreCase)));
    }
}
