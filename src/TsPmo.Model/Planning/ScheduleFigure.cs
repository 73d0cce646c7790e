using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Planning;

/// <summary>Which items of the baseline stand behind a figure.</summary>
public enum ScheduleEvidence
{
    /// <summary>All that are phased.</summary>
    All,

    /// <summary>Those planned to be earned so far, in part or whole.</summary>
    Planned,

    /// <summary>Those earned so far, in part or whole.</summary>
    Earned,

    /// <summary>Those planned or earned so far.</summary>
    PlannedOrEarned,
}

/// <summary>A schedule metric: turns the status of each instant into a result that carries baseline, findings, confidence and evidence.</summary>
/// <param name="Metric">What it computes; the unit <see cref="BaselineUnit"/> is replaced by the baseline's own.</param>
/// <param name="Method">The usual variant of the computation.</param>
/// <param name="Evidence">Which items stand behind it.</param>
public sealed record ScheduleFigure(MetricDefinition Metric, string Method, ScheduleEvidence Evidence)
{
    /// <summary>Unit of metrics that count what the baseline counts.</summary>
    public const string BaselineUnit = "baseline unit";

    /// <summary>One result per instant, in their order.</summary>
    public IEnumerable<MetricResult> Series(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<ScheduleStatus, ScheduleAnswer> answer) =>
        instants.Select(asOf => history.Schedule.At(asOf) is { } status ? Result(history, status, answer(status)) : Unknown(history.Schedule, asOf));

    private MetricResult Result(ProjectHistory history, ScheduleStatus status, ScheduleAnswer answer)
    {
        var baseline = status.Baseline;
        var findings = baseline.Warnings.Concat(answer.Remarks).ToArray();
        var metric = Metric.Unit == BaselineUnit ? Metric with { Unit = status.Unit } : Metric;
        MetricResult result = answer.Value is { } value
            ? new Measurement
            {
                Metric = metric,
                AsOf = status.AsOf,
                Method = answer.Method ?? Method,
                N = baseline.Items.Count(baseline.Counts),
                Number = WithoutTrailingZeros(value),
                Text = metric.Form.Write(value, metric.Unit, System.Globalization.CultureInfo.InvariantCulture),
                Band = answer.Band,
            }
            : new NotMeasurable { Metric = metric, AsOf = status.AsOf, Method = answer.Method ?? Method, N = baseline.Items.Count(baseline.Counts), Reason = answer.Reason, Because = answer.Because };
        return result with
        {
            Baseline = baseline.Id,
            Findings = findings,
            Quality = [.. findings.Select(f => f.Name)],
            Confidence = Finding.Confidence(findings),
            Inputs = [.. answer.Inputs, .. Setting(baseline, status)],
            Evidence = new DeferredList<Evidence>(() => BaselineEvidence.Of(history, status, Evidence)),
        };
    }

    private NotMeasurable Unknown(ScheduleBasis basis, DateTimeOffset asOf)
    {
        var (reason, because) = basis.WhyNot(asOf) ?? (Reason.NoData, "There is nothing to measure.");
        return new NotMeasurable { Metric = Metric, AsOf = asOf, Method = Method, N = 0, Reason = reason, Because = because };
    }

    /// <summary>41.000 and 41 are one number, and must be one in an export.</summary>
    private static decimal WithoutTrailingZeros(decimal value) => value / 1.000000000000000000000000000000000m;

    private static IEnumerable<MetricInput> Setting(Baseline baseline, ScheduleStatus status)
    {
        yield return new("baseline", $"{baseline.Id}, {baseline.Items.Count} items, {status.Weight(baseline.TotalWeight)}");
        if (baseline.UndatedWeight > 0)
            yield return new("weight without planned dates", status.Weight(baseline.UndatedWeight));
    }
}
