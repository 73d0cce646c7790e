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
        var figure = new Figure(metric, answer.Method ?? Method);
        var counted = baseline.Items.Count(baseline.Counts);
        MetricResult result = answer.Value is { } value
            ? figure.Known(status.AsOf, value, counted) with { Band = answer.Band }
            : figure.Unknown(status.AsOf, answer.Reason, answer.Because, counted);
        return result with
        {
            Baseline = baseline.Id,
            Findings = findings,
            Inputs = [.. answer.Inputs, .. Setting(baseline, status)],
            Evidence = new DeferredList<Evidence>(() => BaselineEvidence.Of(history, status, Evidence)),
        };
    }

    private NotMeasurable Unknown(ScheduleBasis basis, DateTimeOffset asOf)
    {
        var (reason, because) = basis.WhyNot(asOf) ?? (Reason.NoData, "There is nothing to measure.");
        return new Figure(Metric, Method).Unknown(asOf, reason, because);
    }

    private static IEnumerable<MetricInput> Setting(Baseline baseline, ScheduleStatus status)
    {
        yield return new("baseline", $"{baseline.Id}, {baseline.Items.Count} items, {status.Weight(baseline.TotalWeight)}");
        if (baseline.UndatedWeight > 0)
            yield return new("weight without planned dates", status.Weight(baseline.UndatedWeight));
    }
}
