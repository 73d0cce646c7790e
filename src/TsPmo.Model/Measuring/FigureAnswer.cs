namespace TsPmo.Model.Measuring;

/// <summary>What a formula makes of its inputs: a value, or the reason there is none, with the inputs in the order of the formula.</summary>
public sealed record FigureAnswer(IReadOnlyList<MetricInput> Inputs)
{
    /// <summary>The value; null when <see cref="Reason"/> tells why there is none.</summary>
    public decimal? Value { get; init; }

    /// <summary>Why there is no value.</summary>
    public Reason Reason { get; init; }

    /// <summary>Why there is no value, in a sentence.</summary>
    public string Because { get; init; } = "";

    /// <summary>Variant of the computation, where it is not the metric's usual one.</summary>
    public string? Method { get; init; }

    /// <summary>Band of the value.</summary>
    public Band? Band { get; init; }

    /// <summary>Remarks on the figure itself, besides the findings on what all figures of its kind share.</summary>
    public IReadOnlyList<Finding> Remarks { get; init; } = [];

    /// <summary>Number of inputs counted, where it is not that of all figures of its kind.</summary>
    public int? N { get; init; }

    /// <summary>The objects behind it, where they are not those of all figures of its kind.</summary>
    public Func<IReadOnlyList<Evidence>>? Evidence { get; init; }

    /// <summary>A value.</summary>
    public static FigureAnswer Of(decimal value, params IReadOnlyList<MetricInput> inputs) => new(inputs) { Value = value };

    /// <summary>No value.</summary>
    public static FigureAnswer None(Reason reason, string because, params IReadOnlyList<MetricInput> inputs) =>
        new(inputs) { Reason = reason, Because = because };

    /// <summary>The answer as a result of a metric.</summary>
    /// <param name="metric">The metric, its unit settled.</param>
    /// <param name="method">The usual variant of its computation.</param>
    /// <param name="asOf">The instant whose truth it tells, inclusive.</param>
    /// <param name="n">Number of inputs that figures of its kind count.</param>
    public MetricResult ToResult(MetricDefinition metric, string method, DateTimeOffset asOf, int n)
    {
        var figure = new Figure(metric, Method ?? method);
        MetricResult result = Value is { } value
            ? figure.Known(asOf, value, N ?? n) with { Band = Band }
            : figure.Unknown(asOf, Reason, Because, N ?? n);
        return result with
        {
            Inputs = Inputs,
            Findings = Remarks,
            Evidence = Evidence is { } make ? new DeferredList<Evidence>(make) : [],
        };
    }
}
