using TsPmo.Model.Work;

namespace TsPmo.Model.History;

/// <summary>
/// A work item with everything that happened to it, in normalised terms under the mapping in force. Accounts are the tracker's account ids.
/// Nothing exists before <see cref="Created"/>: tracks answer with the creation value for earlier instants, so ask <see cref="ExistsAt"/> first.
/// </summary>
public sealed class ItemHistory
{
    /// <summary>Connector and immutable id.</summary>
    public required SourceId Id { get; init; }

    /// <summary>The readable key as it stands now.</summary>
    public required string Key { get; init; }

    /// <summary>The address a person opens.</summary>
    public required string Url { get; init; }

    /// <summary>Summary line as it stands now.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the tracker restricts who may see it.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>Creation, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Last update as the tracker tells it, UTC.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Account id of the reporter.</summary>
    public string? Reporter { get; init; }

    /// <summary>Hours spent as it stands now; null where none are told.</summary>
    public decimal? SpentHours { get; init; }

    /// <summary>Since when the tracker no longer shows the item to us, UTC: everything here is as it was last known. Null: it can be seen.</summary>
    public DateTimeOffset? HiddenSince { get; init; }

    /// <summary>The tracker's status names, each as it was called when the status was set; a renaming is no change. How the current one is called now: <see cref="StatusName"/>.</summary>
    public required Track<string?> Status { get; init; }

    /// <summary>
    /// Every change of the status that the tracker tells, oldest first. Beside those of <see cref="Status"/> there may be some that led to another status of the same name,
    /// as a move between projects with statuses of their own does: they are told and mean nothing, so that no figure counts them.
    /// </summary>
    public IReadOnlyList<TrackEntry<string?>> StatusEntries { get => field ?? Status.Entries; init; }

    /// <summary>The current status as it is called now.</summary>
    public string? StatusName { get; init; }

    /// <summary>Normalised state.</summary>
    public required Track<State> State { get; init; }

    /// <summary>Normalised kind.</summary>
    public required Track<WorkItemKind> Kind { get; init; }

    /// <summary>The tracker's type name, as it is called now.</summary>
    public required Track<string?> SourceType { get; init; }

    /// <summary>The tracker's project.</summary>
    public required Track<string?> Project { get; init; }

    /// <summary>Id of the parent item in the same connector.</summary>
    public required Track<string?> Parent { get; init; }

    /// <summary>Assignee's account id.</summary>
    public required Track<string?> Assignee { get; init; }

    /// <summary>Size in points.</summary>
    public required Track<decimal?> Points { get; init; }

    /// <summary>Original estimate in hours.</summary>
    public required Track<decimal?> EstimateHours { get; init; }

    /// <summary>Remaining estimate in hours.</summary>
    public required Track<decimal?> RemainingHours { get; init; }

    /// <summary>Raw membership of sprints (ids, sorted); in some trackers closed sprints stay in it.</summary>
    public required Track<IReadOnlyList<string>> Sprints { get; init; }

    /// <summary>Versions (ids, sorted).</summary>
    public required Track<IReadOnlyList<string>> Milestones { get; init; }

    /// <summary>Planned start date.</summary>
    public required Track<DateOnly?> PlannedStart { get; init; }

    /// <summary>Planned finish date.</summary>
    public required Track<DateOnly?> PlannedFinish { get; init; }

    /// <summary>Priority.</summary>
    public required Track<string?> Priority { get; init; }

    /// <summary>Labels (sorted).</summary>
    public required Track<IReadOnlyList<string>> Labels { get; init; }

    /// <summary>Blocked by the tracker's flag or a configured status.</summary>
    public required Track<bool> Blocked { get; init; }

    /// <summary>Standing still: in a status that means waiting, or blocked. Null where no such status is configured, so that nothing is known of it.</summary>
    public Track<bool>? Waiting { get; init; }

    /// <summary>Deleted.</summary>
    public required Track<bool> Deleted { get; init; }

    /// <summary>Area path in the tracker's spelling.</summary>
    public required Track<string?> AreaPath { get; init; }

    /// <summary>Components (sorted).</summary>
    public required Track<IReadOnlyList<string>> Components { get; init; }

    /// <summary>By <see cref="Governance.SourceBinding.QueryKey"/>: whether it fulfilled the condition. The first answer to a condition counts for the time before, too.</summary>
    public IReadOnlyDictionary<string, Track<bool>> Matches { get; init; } = new Dictionary<string, Track<bool>>();

    /// <summary>Running total of completed work in hours, where the tracker keeps one; its differences are the time entries.</summary>
    public Track<decimal?>? CompletedWork { get; init; }

    /// <summary>Whether the item had been created and was not deleted as of an instant.</summary>
    public bool ExistsAt(DateTimeOffset instant) => Created <= instant && !Deleted.At(instant);

    /// <summary>Since when the item is done as of an instant; null while it is not. What was created as done is so since its creation.</summary>
    public DateTimeOffset? DoneSince(DateTimeOffset instant)
    {
        if (State.At(instant) != Work.State.Done)
            return null;
        var entries = State.UpTo(instant);
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            if (entries[i].From != Work.State.Done)
                return entries[i].At;
        }

        return Created;
    }
}
