using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>A metric that reads what a test has set.</summary>
public sealed class Dial : IMetric
{
    private static readonly MetricDefinition Variance = new("schedule.svt", "schedule variance (time)", "working days")
    {
        Form = new(1) { IsSigned = true, Above = "ahead", Below = "behind", Even = "on plan" },
    };

    /// <summary>The value; null: not measurable.</summary>
    public decimal? Value { get; set; } = -4.5m;

    public IReadOnlyList<MetricDefinition> Definitions => [Variance];

    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => instants.Select(asOf => Value is { } value
        ? (MetricResult)new Measurement { Metric = Variance, AsOf = asOf, Method = "dial", N = 1, Number = value, Text = Variance.Form.Write(value, Variance.Unit, System.Globalization.CultureInfo.InvariantCulture) }
        : new NotMeasurable { Metric = Variance, AsOf = asOf, Method = "dial", N = 0, Reason = Reason.NoBaseline, Because = "The plan names no baseline." });
}
