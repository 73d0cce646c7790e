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

    /// <summary>Corrects what is known where a plan found our write standing although its result was never learned. The hash is of the report that stands.</summary>
    Task ConfirmAsync(string project, string publication, string contentHash, string? remoteId, string? written, CancellationToken cancellationToken);
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

    /// <summary>Hash of the report that is written; null when it is taken back.</summary>
    public string? ContentHash { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }
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

    /// <summary>What a publisher is told about the last write; null when nothing of ours stands there and none was begun.</summary>
    public LastWrite? ToLastWrite() =>
        State == PublicationState.Retracted || (State == PublicationState.Failed && WrittenAt is null)
            ? null
            : new LastWrite(RemoteId, ContentHash ?? "", Written, Before, State != PublicationState.Intended);
}
