using TsPmo.Model;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Reporting.Explain;

/// <summary>Which figure to explain.</summary>
/// <param name="Project">PMO project key, or <c>portfolio:KEY</c> (any case).</param>
/// <param name="Metric">Metric name (any case).</param>
/// <param name="Subject">What the figure is about; null: the project.</param>
/// <param name="AsOf">The instant, inclusive; null: now.</param>
public sealed record ExplainRequest(string Project, string Metric, string? Subject = null, DateTimeOffset? AsOf = null)
{
    /// <summary>Whether it is asked by somebody who may not see figures about persons.</summary>
    public bool HidesPersons { get; init; }
}

/// <summary>How one figure came about, or why it cannot be told.</summary>
public sealed record ExplainAnswer
{
    /// <summary>The explanation; null when <see cref="Problem"/> says why there is none.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>What was wrong with the question.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>How one figure came about.</summary>
public sealed record Explanation
{
    /// <summary>PMO project key.</summary>
    public required string Project { get; init; }

    /// <summary>Metric name.</summary>
    public required string Metric { get; init; }

    /// <summary>Metric's name in words, with the sign's meaning.</summary>
    public required string Label { get; init; }

    /// <summary>What it means, as the metric's own text defines it (Markdown); null where it has none.</summary>
    public string? Definition { get; init; }

    /// <summary>What it is about; null: the project.</summary>
    public string? Subject { get; init; }

    /// <summary>The instant whose truth it tells, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The value, unrounded; null when not measurable.</summary>
    public decimal? Value { get; init; }

    /// <summary>The value in words, or "not measurable: " and why.</summary>
    public required string Text { get; init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>Unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Band in lower case; null for none.</summary>
    public string? Band { get; init; }

    /// <summary>Variant of the computation.</summary>
    public required string Method { get; init; }

    /// <summary>Days looked at, <c>first/last</c>; null where there is no window.</summary>
    public string? Window { get; init; }

    /// <summary>Baseline it is measured against.</summary>
    public string? Baseline { get; init; }

    /// <summary>Number of inputs counted.</summary>
    public required int N { get; init; }

    /// <summary>Inputs with their values, in the order of the formula.</summary>
    public required IReadOnlyList<MetricInput> Inputs { get; init; }

    /// <summary>The tracker's objects behind it, ordered by id.</summary>
    public required IReadOnlyList<ExplainedItem> Items { get; init; }

    /// <summary>What was found on the inputs, and by how much it lowers the confidence.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>0 to 1.</summary>
    public required decimal Confidence { get; init; }

    /// <summary>How a result came about.</summary>
    public static Explanation Of(string project, MetricResult result)
    {
        var (measured, missing) = (result as Measurement, result as NotMeasurable);
        return new()
        {
            Project = project,
            Metric = result.Metric.Name,
            Label = result.Metric.Label,
            Subject = result.Subject,
            AsOf = result.AsOf,
            Value = measured?.Number,
            Text = measured?.Text ?? $"not measurable: {missing?.Because}",
            Reason = missing?.Reason.ToString(),
            Unit = result.Metric.Unit,
            Band = result.Band?.ToString().ToLowerInvariant(),
            Method = result.Method,
            Window = result.Window?.ToString(),
            Baseline = result.Baseline,
            N = result.N,
            Inputs = result.Inputs,
            Items = [.. result.Evidence.Select(ExplainedItem.Of)],
            Warnings = [.. result.Findings.Select(f => new Warning(f.Name, f.AffectedShare, f.Text, [.. f.Items.Select(ExplainedItem.Of)]))],
            Confidence = result.Confidence,
        };
    }
}

/// <summary>A tracker's object behind a figure: <c>connector:id</c>, what it contributed, its address.</summary>
public sealed record ExplainedItem(string Id, string Note, string? Url)
{
    /// <summary>A piece of evidence as it is told.</summary>
    public static ExplainedItem Of(Evidence evidence) => new(evidence.Id.ToString(), evidence.Note, evidence.Url);
}

/// <summary>What was found on the inputs of a figure, the share of them that it touches, and on which items, where it names them.</summary>
public sealed record Warning(string Name, decimal AffectedShare, string Text, IReadOnlyList<ExplainedItem> Items);
