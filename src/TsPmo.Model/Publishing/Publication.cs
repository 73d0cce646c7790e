namespace TsPmo.Model.Publishing;

/// <summary>What should be said in one place.</summary>
public sealed record PublicationRequest
{
    /// <summary>Stable id of the publication, <c>project/name</c>; part of the marker that tells our text from others'.</summary>
    public required string Id { get; init; }

    /// <summary>What it hangs on: an item's key or id, or a path.</summary>
    public required string Anchor { get; init; }

    /// <summary>What to say; null: take back everything we said here.</summary>
    public StatusReport? Report { get; init; }

    /// <summary>What we last wrote here, or null when nothing is recorded.</summary>
    public LastWrite? Last { get; init; }

    /// <summary>Whether a place that cannot be silenced may be written.</summary>
    public bool AllowNotifications { get; init; }

    /// <summary>Whether a person has decided that ours takes the place of what somebody made of it: no conflict then, and what stands there is changed or taken back all the same.</summary>
    public bool TakesOver { get; init; }
}

/// <summary>What the ledger knows about the last completed (or begun) write of a publication.</summary>
/// <param name="RemoteId">The tracker's id of what was written; null where none was learned.</param>
/// <param name="ContentHash">Hash of the report that was written.</param>
/// <param name="Written">What was written, in the target's own form, for the three-way compare.</param>
/// <param name="Before">What stood there before our first write, in the target's own form; null when nothing did.</param>
/// <param name="IsConfirmed">False when a write was begun and its result never learned: look for our marker before writing again.</param>
public sealed record LastWrite(string? RemoteId, string ContentHash, string? Written, string? Before, bool IsConfirmed);

/// <summary>What a plan comes to.</summary>
public enum PlanOutcome
{
    /// <summary>What should stand there stands there.</summary>
    Unchanged,

    /// <summary>Nothing of ours is there; one write makes it.</summary>
    Create,

    /// <summary>Ours is there and says something else; one write changes it.</summary>
    Update,

    /// <summary>Ours is there and is to be taken back.</summary>
    Retract,

    /// <summary>A person changed what we wrote; theirs stays.</summary>
    Conflict,

    /// <summary>It cannot or must not be written; see the problem.</summary>
    Refused,
}

/// <summary>What would be done in one place, and why. Applying it and planning again gives <see cref="PlanOutcome.Unchanged"/>.</summary>
public sealed record PublicationPlan
{
    /// <summary>What it comes to.</summary>
    public required PlanOutcome Outcome { get; init; }

    /// <summary>The one write; null unless the outcome is Create, Update or Retract.</summary>
    public PlannedWrite? Write { get; init; }

    /// <summary>What stands there now as people read it; null when nothing of ours does.</summary>
    public string? Standing { get; init; }

    /// <summary>What should stand there as people read it; null when it is to be taken back.</summary>
    public string? Desired { get; init; }

    /// <summary>Whether the write would notify nobody; null when that is not known.</summary>
    public bool? Quiet { get; init; }

    /// <summary>Why it is refused or in conflict.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Id of what stands there, where something of ours was found.</summary>
    public string? RemoteId { get; init; }

    /// <summary>What of ours stands there, in the target's own form, where the outcome is Unchanged: it takes the place of a result that was never learned. Null: not told.</summary>
    public string? Written { get; init; }
}

/// <summary>One write, complete in itself, so that intent can be recorded before and the result after it.</summary>
/// <param name="Kind">Create, Update or Retract.</param>
/// <param name="Anchor">What it hangs on.</param>
/// <param name="RemoteId">What is changed or removed; null when it is created.</param>
/// <param name="Payload">What is sent, in the target's own form; null when something is removed.</param>
/// <param name="Before">What stood there before, in the target's own form; null when nothing did.</param>
/// <param name="Precondition">What must still hold when it is applied (a revision), in the target's own form.</param>
public sealed record PlannedWrite(PlanOutcome Kind, string Anchor, string? RemoteId, string? Payload, string? Before, string? Precondition);

/// <summary>How a write ended: a problem, or what the tracker says stands there now.</summary>
public sealed record WriteResult
{
    /// <summary>Why it failed; null when it was done.</summary>
    public Problem? Problem { get; init; }

    /// <summary>True when it cannot be told whether the write arrived.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>The tracker's id of what stands there now.</summary>
    public string? RemoteId { get; init; }

    /// <summary>What stands there now in the target's own form, for later three-way compares.</summary>
    public string? Written { get; init; }

    /// <summary>The item that the write touched with its new update time and version, so that the next pass does not take our write for work.</summary>
    public TouchedItem? Touched { get; init; }
}

/// <summary>An item right after our own write.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Updated">Its last update after the write, UTC.</param>
/// <param name="Version">Its version after the write.</param>
/// <param name="VersionBefore">Its version right before the write; null where that was not looked at. An item known at another version has changed besides and must be read.</param>
public sealed record TouchedItem(string ItemId, DateTimeOffset Updated, long Version, long? VersionBefore = null);
