using TsPmo.Model.Facts;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.DataQuality;

/// <summary>One thing that can be wrong with an item, and which metrics that concerns.</summary>
/// <param name="Name">Stable name of the finding ("MissingEstimates").</param>
/// <param name="Touches">What a metric must take from items to be concerned.</param>
/// <param name="Text">What is wrong, following "3 of 20 items".</param>
/// <param name="IsTrue">Whether it is wrong with an item.</param>
internal sealed record QualityCheck(string Name, DataNeeds Touches, string Text, Func<QualityView, bool> IsTrue)
{
    /// <summary>Whether it may come out otherwise for the same instant later: trackers tell no history of it, or what was out of sight comes back.</summary>
    public bool IsProvisional { get; init; }

    private const DataNeeds Any = (DataNeeds)int.MaxValue;
    private const int HorizonYears = 30;

    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<QualityCheck> All { get; } =
    [
        new("NoLongerVisible", Any, "can no longer be seen and count as they were last known", v => v.IsOutOfSight) { IsProvisional = true },
        new("UnmappedStates", DataNeeds.States | DataNeeds.Starts, "are in a status that nothing defines and count as not begun", v => v.Item.Status.At(v.At) is { } status && v.Remarks.UnmappedStatuses.Contains(status)),
        new("ImpossibleTimes", DataNeeds.Dates | DataNeeds.States, "have times that cannot be: a start after the finish, a change before the creation, or a plan decades away", IsImpossible),
        new("DoneWithoutStart", DataNeeds.Starts, "were done without ever being in progress", v => v.State == State.Done && !WasStarted(v)),
        new("AmbiguousEstimates", DataNeeds.Estimates, "have no size because several fields of one name could hold it", v => IsUnestimated(v) && v.IsAmbiguous(FieldRole.Roles.Points)),
        new("MissingEstimates", DataNeeds.Estimates, "have no estimate", v => IsUnestimated(v) && !v.IsAmbiguous(FieldRole.Roles.Points)),
        new("AmbiguousDates", DataNeeds.Dates, "have no date because several fields of one name could hold it", v => IsUndated(v) && v.IsAmbiguous(FieldRole.Roles.Finish)),
        new("MissingDates", DataNeeds.Dates, "are open and have neither date nor dated sprint or version", v => IsUndated(v) && !v.IsAmbiguous(FieldRole.Roles.Finish)),
        new("MissingOwners", DataNeeds.Owners, "are in progress and nobody's", v => v.State == State.InProgress && v.Item.Assignee.At(v.At) is null),
        new("SprintsNeverClosed", DataNeeds.Sprints, "are in a sprint that ended over a week before and was never closed", v => v.Sprints.Any(s => v.IsOverdue(s))),
        new("SeveralOpenSprints", DataNeeds.Sprints, "are in several sprints that are open", v => v.Sprints.Count(v.IsOpen) > 1),
        new("UnresolvedLinks", DataNeeds.Links, "are linked with an item of a configured tracker that is not known", v => v.HasUnresolvedLink) { IsProvisional = true },
    ];

    private static bool WasStarted(QualityView v) =>
        v.Item.State.Initial == State.InProgress || v.Item.State.Entries.Any(e => e.At <= v.At && e.To == State.InProgress);

    private static bool IsUnestimated(QualityView v) => v.Item.Points.At(v.At) is null && v.Item.EstimateHours.At(v.At) is null;

    private static bool IsUndated(QualityView v) =>
        v.State.IsOpen() && v.Item.PlannedFinish.At(v.At) is null && !v.Sprints.Any(v.HasEnd) && !v.HasDatedMilestone;

    private static bool IsImpossible(QualityView v)
    {
        var (start, finish) = (v.Item.PlannedStart.At(v.At), v.Item.PlannedFinish.At(v.At));
        return start > finish || IsFarAway(start, v) || IsFarAway(finish, v) || v.Item.State.Entries is [var first, ..] && first.At < v.Item.Created;
    }

    private static bool IsFarAway(DateOnly? day, QualityView v) => day is { } d && Math.Abs(d.Year - v.Item.Created.Year) > HorizonYears;
}
