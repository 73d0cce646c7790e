using TsPmo.Model;

namespace TsPmo.Engine.Intake;

/// <summary>Takes rows that other systems report: what the trackers do not know.</summary>
public interface IIntake
{
    /// <summary>Names of the kinds that are taken, ordinal order.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>
    /// Takes rows one by one; a row of an id that is known replaces it, so the same rows may come again. What cannot be taken is named and stops no other row.
    /// </summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="format">Form of the input.</param>
    /// <param name="input">The rows, UTF-8.</param>
    /// <param name="cancellationToken">What was taken by then stays.</param>
    Task<IntakeReport> TakeAsync(string kind, IntakeFormat format, Stream input, CancellationToken cancellationToken);
}

/// <summary>Form of reported rows.</summary>
public enum IntakeFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>Comma-separated values with a header.</summary>
    Csv,

    /// <summary>One JSON object, or an array of them.</summary>
    Json,
}

/// <summary>What became of reported rows.</summary>
/// <param name="Taken">Rows that stand in the store now, known ones included.</param>
/// <param name="Refused">Rows that were not taken.</param>
/// <param name="Rows">The first of those, with what is wrong with each.</param>
public sealed record IntakeReport(long Taken, long Refused, IReadOnlyList<RefusedRow> Rows)
{
    /// <summary>Most rows that a report names one by one.</summary>
    public const int MostNamed = 1000;
}

/// <summary>A row that was not taken.</summary>
/// <param name="Row">Its number, 1 for the first; a header is no row.</param>
/// <param name="Id">Its id, where it has one.</param>
/// <param name="Problem">What is wrong with it and what would be right.</param>
public sealed record RefusedRow(long Row, string? Id, Problem Problem);
