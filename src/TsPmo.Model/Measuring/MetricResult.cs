using TsPmo.Model.Governance;
using TsPmo.Model.Work;

namespace TsPmo.Model.Measuring;

/// <summary>What a metric is, as people and programs see it.</summary>
/// <param name="Name">Stable name ("schedule.svt").</param>
/// <param name="Label">Name in words, with the sign's meaning ("schedule variance (time), + is ahead").</param>
/// <param name="Unit">Unit of the value ("working days", "points", "ratio", "per week", "date").</param>
public sealed record MetricDefinition(string Name, string Label, string Unit)
{
    /// <summary>How its values are written for people.</summary>
    public FigureForm Form { get; init; } = new();

    /// <summary>The metric's own limits, which a PMO may replace; null: it has no bands, or bands that are not limits of its value.</summary>
    public BandLimits? Limits { get; init; }

    /// <summary>What it takes from items without judging it itself: what is wrong with any of it lowers the confidence of its figures.</summary>
    public DataNeeds Needs { get; init; }

    /// <summary>Whether its figures with a subject are about a person: not for readers, and kept for the latest instant only.</summary>
    public bool IsPersonal { get; init; }
}

/// <summary>Why there is no value. Written by its name.</summary>
public enum Reason
{
    /// <summary>No baseline was captured as of the instant.</summary>
    NoBaseline,

    /// <summary>Nothing carries an estimate.</summary>
    NoEstimates,

    /// <summary>Too few items carry planned dates and the plan has none.</summary>
    NoBaselineDates,

    /// <summary>The denominator is zero.</summary>
    ZeroDenominator,

    /// <summary>There is nothing to count.</summary>
    NoData,

    /// <summary>The project had not begun.</summary>
    NotStarted,

    /// <summary>Fewer observations than the metric needs.</summary>
    TooFewSamples,

    /// <summary>Nothing has been earned.</summary>
    NoProgress,

    /// <summary>Nothing was finished in the history looked at.</summary>
    NoThroughput,

    /// <summary>The answer lies beyond the horizon.</summary>
    BeyondHorizon,

    /// <summary>No actual cost or hours are known.</summary>
    NoActuals,

    /// <summary>The goal can no longer be reached.</summary>
    Unattainable,

    /// <summary>What it needs is not configured.</summary>
    NotConfigured,

    /// <summary>What would have to be added up is counted in different units.</summary>
    MixedUnits,
}

/// <summary>Traffic light of a figure.</summary>
public enum Band
{
    /// <summary>Within limits.</summary>
    Green,

    /// <summary>To be watched.</summary>
    Amber,

    /// <summary>To be acted on.</summary>
    Red,

    /// <summary>Unknown.</summary>
    Grey,

    /// <summary>DORA: best cluster.</summary>
    Elite,

    /// <summary>DORA: second.</summary>
    High,

    /// <summary>DORA: third.</summary>
    Medium,

    /// <summary>DORA: last.</summary>
    Low,
}

/// <summary>One figure, or the reason there is none, with how it came about.</summary>
public abstract record MetricResult
{
    /// <summary>The metric.</summary>
    public required MetricDefinition Metric { get; init; }

    /// <summary>What it is about within the project: null, or <c>connector:id</c> of a sprint, milestone, environment.</summary>
    public string? Subject { get; init; }

    /// <summary>The instant whose truth it tells, inclusive.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The days looked at, where it looks at a window; both ends inclusive.</summary>
    public DateWindow? Window { get; init; }

    /// <summary>Which variant of the computation produced it.</summary>
    public required string Method { get; init; }

    /// <summary>Number of inputs counted.</summary>
    public required int N { get; init; }

    /// <summary>Band, where the metric has bands and enough is known; grey where the metric is a traffic light and nothing is known.</summary>
    public Band? Band { get; init; }

    /// <summary>What was found on the inputs, with its weight and in words.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Names of the findings ("PlanLinear", "MissingEstimates").</summary>
    public IReadOnlyList<string> Quality => [.. Findings.Select(f => f.Name)];

    /// <summary>0 to 1, rounded to 0.01: product over the findings of (1 - affected weight / total weight).</summary>
    public decimal Confidence => Finding.Confidence(Findings);

    /// <summary>Id of the baseline it is measured against.</summary>
    public string? Baseline { get; init; }

    /// <summary>Named inputs with their values in words, in the order of the formula.</summary>
    public IReadOnlyList<MetricInput> Inputs { get; init; } = [];

    /// <summary>The tracker objects behind it, ordered by id.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
}

/// <summary>A figure that could be measured.</summary>
public sealed record Measurement : MetricResult
{
    /// <summary>The value, unrounded; null when it is a date.</summary>
    public decimal? Number { get; init; }

    /// <summary>The value of a metric whose unit is "date".</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The value in words with sign and unit ("-4.5 working days (behind)").</summary>
    public required string Text { get; init; }
}

/// <summary>A figure that could not be measured. Never zero, never green.</summary>
public sealed record NotMeasurable : MetricResult
{
    /// <summary>Why.</summary>
    public required Reason Reason { get; init; }

    /// <summary>Why, in a sentence for people.</summary>
    public required string Because { get; init; }
}

/// <summary>Calendar days, both inclusive. Written <c>first/last</c>.</summary>
public readonly record struct DateWindow(DateOnly First, DateOnly Last)
{
    /// <summary>Number of days; 0 where the last lies before the first.</summary>
    public int Days => Math.Max(0, Last.DayNumber - First.DayNumber + 1);

    /// <summary>Whether a day lies in it.</summary>
    public bool Contains(DateOnly day) => day >= First && day <= Last;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{First:yyyy-MM-dd}/{Last:yyyy-MM-dd}");

    /// <summary>The window written as <c>first/last</c>; null where the text is none.</summary>
    public static DateWindow? Read(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && Day(parts[0]) is { } first && Day(parts[1]) is { } last ? new(first, last) : null;
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>A named input and its value in words.</summary>
public sealed record MetricInput(string Name, string Value)
{
    /// <summary>A count.</summary>
    public MetricInput(string name, long count)
        : this(name, count.ToString(System.Globalization.CultureInfo.InvariantCulture))
    {
    }
}

/// <summary>A tracker object that the figure depends on.</summary>
/// <param name="Id">Which.</param>
/// <param name="Note">What it contributed ("earned 5 points on 2026-03-02").</param>
/// <param name="Url">Address, where it has one.</param>
public sealed record Evidence(SourceId Id, string Note, string? Url);
