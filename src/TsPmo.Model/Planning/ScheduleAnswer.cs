using TsPmo.Model.Measuring;

namespace TsPmo.Model.Planning;

/// <summary>What one schedule metric makes of a status: a value, or the reason there is none, with its inputs in the order of the formula.</summary>
public sealed record ScheduleAnswer(IReadOnlyList<MetricInput> Inputs)
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

    /// <summary>Remarks on the figure itself, besides the findings on the baseline.</summary>
    public IReadOnlyList<Finding> Remarks { get; init; } = [];

    /// <summary>A value.</summary>
    public static ScheduleAnswer Of(decimal value, params IReadOnlyList<MetricInput> inputs) => new(inputs) { Value = value };

    /// <summary>No value.</summary>
    public static ScheduleAnswer None(Reason reason, string because, params IReadOnlyList<MetricInput> inputs) =>
        new(inputs) { Reason = reason, Because = because };
}
