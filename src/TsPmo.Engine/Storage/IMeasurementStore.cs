using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Storage;

/// <summary>Keeps figures as they were computed.</summary>
public interface IMeasurementStore
{
    /// <summary>Stores a project's results, replacing those of the same metric, subject, window and instant. Figures about persons are not piled up: those of the latest instant replace all before them, and those of an earlier one are not kept.</summary>
    /// <param name="project">PMO project key.</param>
    Task SaveAsync(string project, IReadOnlyList<MetricResult> results, CancellationToken cancellationToken);

    /// <summary>The results of a project's latest instant, or of the given one; ordered by metric, subject and window. Empty when none are stored.</summary>
    Task<IReadOnlyList<StoredResult>> ReadAsync(string project, DateTimeOffset? asOf, CancellationToken cancellationToken);
}

/// <summary>A stored figure or the reason there is none, as it was when it was computed.</summary>
public sealed record StoredResult
{
    /// <summary>PMO project key.</summary>
    public required string Project { get; init; }

    /// <summary>Metric name.</summary>
    public required string Metric { get; init; }

    /// <summary>What it is about; null: the project.</summary>
    public string? Subject { get; init; }

    /// <summary>The instant whose truth it tells, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Metric's name in words.</summary>
    public required string Label { get; init; }

    /// <summary>Unit of the value.</summary>
    public required string Unit { get; init; }

    /// <summary>Days looked at.</summary>
    public DateWindow? Window { get; init; }

    /// <summary>The value; null when not measurable or a date.</summary>
    public decimal? Number { get; init; }

    /// <summary>The value where the unit is a date.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The value in words; null when not measurable.</summary>
    public string? Text { get; init; }

    /// <summary>Band.</summary>
    public Band? Band { get; init; }

    /// <summary>Variant of the computation.</summary>
    public required string Method { get; init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public Reason? Reason { get; init; }

    /// <summary>The reason in a sentence.</summary>
    public string? Because { get; init; }

    /// <summary>Number of inputs.</summary>
    public int N { get; init; }

    /// <summary>Number of objects behind it.</summary>
    public int EvidenceCount { get; init; }

    /// <summary>Findings that entered.</summary>
    public IReadOnlyList<string> Quality { get; init; } = [];

    /// <summary>0 to 1.</summary>
    public decimal Confidence { get; init; }

    /// <summary>Baseline's id.</summary>
    public string? Baseline { get; init; }

    /// <summary>A result as it would be read back after storing it.</summary>
    public static StoredResult Of(string project, MetricResult result)
    {
        var (measured, missing) = (result as Measurement, result as NotMeasurable);
        return new()
        {
            Project = project,
            Metric = result.Metric.Name,
            Subject = result.Subject,
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(result.AsOf.ToUnixTimeMilliseconds()),
            Label = result.Metric.Label,
            Unit = result.Metric.Unit,
            Window = result.Window,
            Number = measured?.Number,
            Date = measured?.Date,
            Text = measured?.Text,
            Band = result.Band,
            Method = result.Method,
            Reason = missing?.Reason,
            Because = missing?.Because,
            N = result.N,
            EvidenceCount = result.Evidence.Count,
            Quality = result.Quality,
            Confidence = result.Confidence,
            Baseline = result.Baseline,
        };
    }
}
