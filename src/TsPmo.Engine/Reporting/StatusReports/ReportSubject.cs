using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>What a report can say of a project or a portfolio at one instant.</summary>
public sealed record ReportSubject
{
    /// <summary>Key of the project or portfolio.</summary>
    public required string Key { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The project; null where it is a portfolio.</summary>
    public ProjectDefinition? Project { get; init; }

    /// <summary>The projects of a portfolio, in its order.</summary>
    public IReadOnlyList<ReportSubject> Projects { get; init; } = [];

    /// <summary>Its figures as of <see cref="AsOf"/>.</summary>
    public required IReadOnlyList<MetricResult> Results { get; init; }

    /// <summary>The instant the figures are true for, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>How fresh the data behind them are.</summary>
    public required DataFreshness Freshness { get; init; }

    /// <summary>The gravest open risks, each in a few words without titles of items.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>What somebody has to decide, each in a sentence.</summary>
    public IReadOnlyList<string> Decisions { get; init; } = [];

    /// <summary>Where the console shows more; null where it has no public address.</summary>
    public Uri? Link { get; init; }

    /// <summary>The figures without a subject, by the metric's name.</summary>
    public IReadOnlyDictionary<string, MetricResult> Own => _own ??=
        Results.Where(r => r.Subject is null).DistinctBy(r => r.Metric.Name).ToDictionary(r => r.Metric.Name, StringComparer.Ordinal);

    private Dictionary<string, MetricResult>? _own;
}

/// <summary>What was last said in a place.</summary>
/// <param name="ContentHash">Hash of that report.</param>
/// <param name="Material">What decided that it was worth a write; empty where that is not known.</param>
/// <param name="At">When it was written, UTC.</param>
public sealed record LastSaid(string? ContentHash, IReadOnlyDictionary<string, string> Material, DateTimeOffset? At);
