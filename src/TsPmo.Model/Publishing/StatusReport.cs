namespace TsPmo.Model.Publishing;

/// <summary>What is said about a project, the same in every place where it is said.</summary>
public sealed record StatusReport
{
    /// <summary>PMO project key.</summary>
    public required string Project { get; init; }

    /// <summary>One line that names the project.</summary>
    public required string Title { get; init; }

    /// <summary>Statements in order: a label and its text, already in the configured culture. Plain text: targets escape it.</summary>
    public required IReadOnlyList<StatusLine> Lines { get; init; }

    /// <summary>Figures by placeholder name ("schedule.svt", "rag.overall") for templates of fields. Values are plain text.</summary>
    public required IReadOnlyDictionary<string, string> Figures { get; init; }

    /// <summary>The instant the figures are true for, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>
    /// SHA-256 (lower-case hex) over everything material; the same figures on another day give the same hash, so that nothing is written when nothing changed.
    /// </summary>
    public required string ContentHash { get; init; }
}

/// <summary>One statement of a report.</summary>
/// <param name="Label">What it is about.</param>
/// <param name="Text">What is said.</param>
/// <param name="IsMaterial">Whether a change of it is worth writing; freshness lines are not.</param>
public sealed record StatusLine(string Label, string Text, bool IsMaterial = true);
