using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Storage;

/// <summary>Takes in what was read from trackers.</summary>
public interface IFactStore
{
    /// <summary>Where reading of a stream goes on.</summary>
    Task<StreamCursor> CursorAsync(string connector, string stream, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a page's facts, its quarantine and its cursor, all or nothing. Nothing is stored when another pass moved the cursor meanwhile (problem <c>cursor-moved</c>).
    /// </summary>
    Task<CommitResult> CommitAsync(PageCommit page, CancellationToken cancellationToken);

    /// <summary>Takes note of an item right after our own write, so that the next pass does not take it for work.</summary>
    Task TouchItemAsync(string connector, TouchedItem item, CancellationToken cancellationToken);
}

/// <summary>A stored cursor.</summary>
/// <param name="Value">The connector's text; null at the beginning.</param>
/// <param name="Version">Number of commits so far; what a commit must name to be accepted.</param>
public sealed record StreamCursor(string? Value, long Version);

/// <summary>What one page comes to.</summary>
public sealed record PageCommit
{
    /// <summary>Connector's name.</summary>
    public required string Connector { get; init; }

    /// <summary>The stream the page is of.</summary>
    public required string Stream { get; init; }

    /// <summary>Cursor version the reading started from.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>Cursor after the page.</summary>
    public required string Cursor { get; init; }

    /// <summary>Facts of the page's records, in their order.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Records that were understood whole: what was quarantined of them is cleared.</summary>
    public IReadOnlyList<RecordId> Understood { get; init; } = [];

    /// <summary>Records that were not.</summary>
    public IReadOnlyList<QuarantinedRecord> Quarantined { get; init; } = [];

    /// <summary>Whether the records were looked up one by one just now: then an item among them is there, whatever was told of its deletion.</summary>
    public bool IsLook { get; init; }

    /// <summary>Items that were looked up and did not show themselves.</summary>
    public IReadOnlyList<AbsentItem> Absent { get; init; } = [];
}

/// <summary>A record's identity within its connector.</summary>
public readonly record struct RecordId(string Kind, string Id);

/// <summary>A record that could not be understood.</summary>
public sealed record QuarantinedRecord(SourceRecord Record, Problem Problem);

/// <summary>What a commit changed. An item of which only version or update time differ, and a revision that repeats the one before it, are stored and not counted.</summary>
public sealed record CommitResult(int ItemsRead, int ItemsChanged, int ItemsDeleted, int ChangesStored)
{
    /// <summary>The tracker's project of every item that can no longer be seen and could until now.</summary>
    public IReadOnlyList<string> NewlyHidden { get; init; } = [];

    /// <summary>Ids of items of which revisions are missing between what was stored and what this page brought.</summary>
    public IReadOnlyList<string> Incomplete { get; init; } = [];

    /// <summary>Why nothing was stored; null when all was.</summary>
    public Problem? Problem { get; init; }
}
