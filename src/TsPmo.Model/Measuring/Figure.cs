using System.Globalization;

namespace TsPmo.Model.Measuring;

/// <summary>One metric in one variant of its computation: makes its results, so that every figure is written and every reason is given in the same way.</summary>
/// <param name="Metric">What it computes.</param>
/// <param name="Method">Which variant ("DF.countPerWeek").</param>
public sealed record Figure(MetricDefinition Metric, string Method)
{
    /// <summary>A value.</summary>
    /// <param name="asOf">The instant whose truth it tells, inclusive.</param>
    /// <param name="value">The value, unrounded, in the metric's unit.</param>
    /// <param name="n">Number of inputs counted.</param>
    public Measurement Known(DateTimeOffset asOf, decimal value, int n) => new()
    {
        Metric = Metric,
        Method = Method,
        AsOf = asOf,
        N = n,
        Number = WithoutTrailingZeros(value),
        Text = Metric.Form.Write(value, Metric.Unit, CultureInfo.InvariantCulture),
    };

    /// <summary>A date.</summary>
    /// <param name="asOf">The instant whose truth it tells, inclusive.</param>
    /// <param name="date">The day in the PMO's zone.</param>
    /// <param name="n">Number of inputs counted.</param>
    public Measurement Known(DateTimeOffset asOf, DateOnly date, int n) => new()
    {
        Metric = Metric,
        Method = Method,
        AsOf = asOf,
        N = n,
        Date = date,
        Text = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>No value, and why, in a sentence for people.</summary>
    public NotMeasurable Unknown(DateTimeOffset asOf, Reason reason, string because, int n = 0) =>
        new() { Metric = Metric, Method = Method, AsOf = asOf, N = n, Reason = reason, Because = because };

    /// <summary>41.000 and 41 are one number, and must be one in an export.</summary>
    private static decimal WithoutTrailingZeros(decimal value) => value / 1.000000000000000000000000000000000m;
}
