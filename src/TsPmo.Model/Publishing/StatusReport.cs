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

    /// <summary>All figures in words by name ("schedule.svt", "rag.overall"), for places that programs read.</summary>
    public required IReadOnlyDictionary<string, string> Figures { get; init; }

    /// <summary>What each field of the publication is to hold, by the field's name as configured; empty for targets not made of fields.</summary>
    public IReadOnlyDictionary<string, FieldContent> Fields { get; init; } = new Dictionary<string, FieldContent>();

    /// <summary>Where the console shows more of it; null where it has no address that readers of the tracker could reach.</summary>
    public Uri? Link { get; init; }

    /// <summary>The instant the figures are true for, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>What decided whether it is worth a write, by figure, the same in every culture; kept with the write for the next comparison.</summary>
    public IReadOnlyDictionary<string, string> Material { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// SHA-256 (lower-case hex) over the template and what is material; it stays the same while nothing material has changed since the last write, so that nothing is written.
    /// </summary>
    public required string ContentHash { get; init; }
}

/// <summary>One statement of a report.</summary>
/// <param name="Label">What it is about.</param>
/// <param name="Text">What is said.</param>
public sealed record StatusLine(string Label, string Text);

/// <summary>What a field is to hold. A text field takes the text; a field of numbers or dates takes the value itself, never what could be guessed from the text, and is emptied where there is none.</summary>
/// <param name="Text">Plain text in the configured culture.</param>
/// <param name="Number">The number, unrounded, where the field shows one figure alone and that has one.</param>
/// <param name="Date">The day in the PMO's zone, where the field shows one figure alone and that is a date.</param>
/// <param name="IsFigure">Whether the field shows one figure and nothing else; a field of numbers or dates can hold nothing else.</param>
public sealed record FieldContent(string Text, decimal? Number = null, DateOnly? Date = null, bool IsFigure = false);
