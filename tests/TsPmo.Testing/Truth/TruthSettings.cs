namespace TsPmo.Testing.Truth;

/// <summary>What one must know besides the truth log to say what an export should hold.</summary>
public sealed record TruthSettings
{
    /// <summary>The PMO's zone.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The instant of the export.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Base address of each tracker, without a trailing slash.</summary>
    public required IReadOnlyDictionary<string, string> BaseUrls { get; init; }

    /// <summary>PMO projects by tracker, tracker project and team ("" where the tracker has none).</summary>
    public required Func<string, string, string?, IReadOnlyList<string>> PortfolioProjects { get; init; }

    /// <summary>Trackers that tell when a sprint was really started; the others tell its planned start only.</summary>
    public required IReadOnlySet<string> ActivationTrackers { get; init; }

    /// <summary>Trackers that have changelogs and versions; the others have revisions, iterations and areas.</summary>
    public required IReadOnlySet<string> ChangelogTrackers { get; init; }

    /// <summary>Trackers that say of a hidden item that it is there; the others say what they say of a deleted one.</summary>
    public IReadOnlySet<string> FrankTrackers { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Passes over the trackers so far, oldest first; null: everything that ever happened was seen as it happened.</summary>
    public IReadOnlyList<TruthPass>? Passes { get; init; }
}
