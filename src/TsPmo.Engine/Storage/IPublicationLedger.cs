using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Storage;

/// <summary>Remembers what was written where, so that it can be compared, updated and taken back.</summary>
public interface IPublicationLedger
{
    /// <summary>What is known of a publication; null when nothing was ever begun.</summary>
    Task<PublicationRecord?> GetAsync(string project, string publication, CancellationToken cancellationToken);

    /// <summary>Everything known, ordered by project and publication; of one project where it is given.</summary>
    Task<IReadOnlyList<PublicationRecord>> ListAsync(string? project, CancellationToken cancellationToken);

    /// <summary>Records that a write is about to be made. Until its result is recorded the record is not confirmed.</summary>
    Task RecordIntentAsync(PublicationIntent intent, CancellationToken cancellationToken);

    /// <summary>Records how the write ended. An uncertain result leaves the record unconfirmed.</summary>
    Task RecordResultAsync(PublicationIntent intent, WriteResult result, CancellationToken cancellationToken);

    /// <summary>Corrects what is known where a plan found all as it should be: a result that was never learned is learned, and trouble and conflict are over.</summary>
    Task SettleAsync(string project, string publication, StandingPublication standing, CancellationToken cancellationToken);

    /// <summary>Keeps that a place could not be written and when it is tried again; it is shown until a write succeeds.</summary>
    Task RecordTroubleAsync(PublicationPlace place, PublicationTrouble trouble, CancellationToken cancellationToken);

    /// <summary>Keeps that a person changed what we wrote. The same text in the same place is one conflict, however often it is met.</summary>
    Task RecordConflictAsync(PublicationPlace place, PublicationConflict conflict, CancellationToken cancellationToken);

    /// <summary>Keeps what a person decided about the conflict that stands. False: there is none, or another text stands there by now.</summary>
    Task<bool> ResolveAsync(string project, string publication, string fingerprint, ConflictResolution resolution, string by, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>How often an item was written successfully at or after an instant, taking back left out.</summary>
    Task<int> WritesSinceAsync(string connector, string anchor, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Everything that was attempted for a project, or for all, newest first, at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<PublicationEvent>> HistoryAsync(string? project, int most, CancellationToken cancellationToken);
}

/// <summary>Where a publication is written.</summary>
/// <param name="Project">PMO project key, or <c>portfolio:KEY</c>.</param>
/// <param name="Publication">Name within the project.</param>
/// <param name="Connector">Connector it is written through.</param>
/// <param name="Target">Kind of place.</param>
/// <param name="Anchor">What it hangs on.</param>
public sealed record PublicationPlace(string Project, string Publication, string Connector, string Target, string Anchor);

/// <summary>What was found to stand there as it should.</summary>
/// <param name="ContentHash">Hash of the report that stands.</param>
/// <param name="Material">What decided that it was worth a write.</param>
/// <param name="RemoteId">The tracker's id of it; null: not told.</param>
/// <param name="Written">It in the target's own form; null: not told.</param>
public sealed record StandingPublication(string ContentHash, IReadOnlyDictionary<string, string> Material, string? RemoteId, string? Written);

/// <summary>Why a place could not be written.</summary>
/// <param name="Code">Stable code of the problem.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What helps.</param>
/// <param name="Times">How often in a row.</param>
/// <param name="NextAt">When the schedule tries again, UTC.</param>
public sealed record PublicationTrouble(string Code, string Message, string Remedy, int Times, DateTimeOffset NextAt);

/// <summary>What a person decides about a conflict.</summary>
public enum ConflictResolution
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Theirs stays, whatever becomes of it, and is reported no more.</summary>
    KeepTheirs,

    /// <summary>Ours takes its place with the next publication.</summary>
    TakeOver,
}

/// <summary>What a person made of what we wrote.</summary>
/// <param name="Fingerprint">Of what stands there.</param>
/// <param name="Standing">What stands there as people read it.</param>
/// <param name="Message">What was found, in a sentence.</param>
/// <param name="At">When it was first met, UTC.</param>
public sealed record PublicationConflict(string Fingerprint, string Standing, string Message, DateTimeOffset At)
{
    /// <summary>What was decided.</summary>
    public ConflictResolution Resolution { get; init; }

    /// <summary>Who decided.</summary>
    public string? By { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }
}

/// <summary>One thing that was attempted or met.</summary>
/// <param name="Place">Where.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who made the run: the schedule, the command line, or a person.</param>
/// <param name="Action">Create, Update, Retract or Conflict.</param>
public sealed record PublicationEvent(PublicationPlace Place, DateTimeOffset At, string Actor, string Action)
{
    /// <summary>Hash of the report.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Code of why it failed; null: it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>What stood there before as people read it.</summary>
    public string? Before { get; init; }

    /// <summary>What was written, as people read it.</summary>
    public string? Written { get; init; }

    /// <summary>The instant of the figures in it, UTC; they are exported and explained as of it.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }
}

/// <summary>A write about to be made.</summary>
public sealed record PublicationIntent
{
    /// <summary>PMO project key.</summary>
    public required string Project { get; init; }

    /// <summary>Publication's name within the project.</summary>
    public required string Publication { get; init; }

    /// <summary>Connector it is written through.</summary>
    public required string Connector { get; init; }

    /// <summary>Kind of place.</summary>
    public required string Target { get; init; }

    /// <summary>The write.</summary>
    public required PlannedWrite Write { get; init; }

    /// <summary>The report that is written; null when it is taken back.</summary>
    public StatusReport? Report { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who makes the run.</summary>
    public string Actor { get; init; } = "";

    /// <summary>What stands there before it as people read it.</summary>
    public string? Standing { get; init; }

    /// <summary>What is to stand there as people read it.</summary>
    public string? Desired { get; init; }
}

/// <summary>Where a publication stands.</summary>
public enum PublicationState
{
    /// <summary>A write was begun and its result never learned.</summary>
    Intended,

    /// <summary>Ours stands there.</summary>
    Written,

    /// <summary>The last write failed for certain; what stood there before still stands.</summary>
    Failed,

    /// <summary>Taken back.</summary>
    Retracted,
}

/// <summary>What the ledger knows of one publication.</summary>
public sealed record PublicationRecord
{
    /// <summary>PMO project key.</summary>
    public required string Project { get; init; }

    /// <summary>Name within the project.</summary>
    public required string Publication { get; init; }

    /// <summary>Connector.</summary>
    public required string Connector { get; init; }

    /// <summary>Kind of place.</summary>
    public required string Target { get; init; }

    /// <summary>What it hangs on.</summary>
    public required string Anchor { get; init; }

    /// <summary>Where it stands.</summary>
    public required PublicationState State { get; init; }

    /// <summary>Hash of the report last known to stand there; what was only begun or failed does not change it. Null: none does.</summary>
    public string? ContentHash { get; init; }

    /// <summary>When the last write succeeded, UTC.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>What was written, in the target's own form.</summary>
    public string? Written { get; init; }

    /// <summary>What stood there before our first write.</summary>
    public string? Before { get; init; }

    /// <summary>The tracker's id of what stands there.</summary>
    public string? RemoteId { get; init; }

    /// <summary>What decided that the last report was worth a write, by figure; empty: not known.</summary>
    public IReadOnlyDictionary<string, string> Material { get; init; } = new Dictionary<string, string>();

    /// <summary>How often it was made where nothing of ours stood.</summary>
    public int Creations { get; init; }

    /// <summary>Why it could not be written lately; null: it could.</summary>
    public PublicationTrouble? Trouble { get; init; }

    /// <summary>What a person made of it; null: it stands as we left it.</summary>
    public PublicationConflict? Conflict { get; init; }

    /// <summary>Where it is written.</summary>
    public PublicationPlace Place => new(Project, Publication, Connector, Target, Anchor);

    /// <summary>What a publisher is told about the last write; null when nothing of ours stands there and none was begun.</summary>
    public LastWrite? ToLastWrite() =>
        State == PublicationState.Retracted || (State == PublicationState.Failed && WrittenAt is null)
            ? null
            : new LastWrite(RemoteId, ContentHash ?? "", Written, Before, State != PublicationState.Intended);
}
