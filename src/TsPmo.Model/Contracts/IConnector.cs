using System.Text.Json;

namespace TsPmo.Model.Contracts;

/// <summary>Reads one configured tracker instance. Knows nothing of the store; holds no state between calls but its connection.</summary>
public interface IConnector
{
    /// <summary>Names of the streams it can read, in the order in which they must be read.</summary>
    IReadOnlyList<string> Streams { get; }

    /// <summary>Looks whether everything needed is there, changing nothing. Failures are in the report, never thrown.</summary>
    Task<ProbeReport> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a stream from a cursor on, page by page. Each page's cursor resumes after that page; a failure ends the stream and leaves
    /// the last cursor valid; a notice does not end it. Only cancellation is thrown.
    /// </summary>
    IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, CancellationToken cancellationToken);
}

/// <summary>What to read.</summary>
public sealed record ReadRequest
{
    /// <summary>One of the connector's streams.</summary>
    public required string Stream { get; init; }

    /// <summary>Where the last committed page of this stream ended; null: from the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>The tracker's projects to read, distinct, ordered.</summary>
    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>How thoroughly to read.</summary>
    public ReadDepth Depth { get; init; } = ReadDepth.Changes;
}

/// <summary>How thoroughly to read.</summary>
public enum ReadDepth
{
    /// <summary>What changed since the cursor, at the least cost.</summary>
    Changes,

    /// <summary>What changed since the cursor, and again whatever can change without leaving a trace in a delta (closed sprints, catalogues, names).</summary>
    Reconcile,

    /// <summary>Everything; the cursor is null.</summary>
    Everything,
}

/// <summary>One step of reading.</summary>
public abstract record ReadStep;

/// <summary>A page of records and the cursor that resumes after it.</summary>
/// <param name="Records">The records; may be empty.</param>
/// <param name="Cursor">Opaque to everybody but the connector; stored in the same transaction as the page's facts.</param>
public sealed record SourcePage(IReadOnlyList<SourceRecord> Records, string Cursor) : ReadStep;

/// <summary>Reading ended early; everything yielded before stays valid.</summary>
public sealed record ReadFailure(Problem Problem) : ReadStep;

/// <summary>A part could not be read; reading goes on with the rest.</summary>
public sealed record ReadNotice(Problem Problem) : ReadStep;

/// <summary>One record as the tracker sent it.</summary>
/// <param name="Kind">The connector's own word for its shape.</param>
/// <param name="Id">The record's id in the tracker, for quarantine.</param>
/// <param name="Body">The record.</param>
/// <param name="Context">What the connector knew when it read it and the normaliser needs (ids of fields, addresses); the same for a whole page.</param>
public sealed record SourceRecord(string Kind, string Id, JsonElement Body, JsonElement Context);
