using TsPmo.Model;

namespace TsPmo.Engine.Reporting.Exports;

/// <summary>Writes what is stored for other programs.</summary>
public interface IExports
{
    /// <summary>Names of the kinds there are, ordinal order.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>Writes one kind, row by row; two exports of the same state are byte-equal.</summary>
    /// <returns>Null, or why nothing was written (unknown kind or project, figures about persons for whom they are hidden).</returns>
    Task<Problem?> WriteAsync(ExportRequest request, Stream output, CancellationToken cancellationToken);
}

/// <summary>What to export.</summary>
public sealed record ExportRequest
{
    /// <summary>Kind ("work-items").</summary>
    public required string Kind { get; init; }

    /// <summary>Form.</summary>
    public ExportFormat Format { get; init; }

    /// <summary>PMO project keys; empty: everything.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>The instant whose truth is told, inclusive; null: now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether it is for somebody who may not see figures about persons: kinds made of them are refused, rows of them left out.</summary>
    public bool HidesPersons { get; init; }
}

/// <summary>Form of an export.</summary>
public enum ExportFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>Comma-separated values with a header.</summary>
    Csv,
}
