using System.Globalization;
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

    /// <summary>What it computes. Estimates and dates are weighed with the baseline, which has findings of its own; existence and states are taken as they are.</summary>
    public MetricDefinition Metric { get; init; } = Metric with { Needs = DataNeeds.Items | DataNeeds.States };

    /// <summary>One result per instant, in their order.</summary>
    public IEnumerable<MetricResult> Series(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<ScheduleStatus, FigureAnswer> answer) =>
        instants.Select(asOf => history.Schedule.At(asOf) is { } status ? Result(history, status, answer) : history.Schedule.Unmeasured(new(Metric, Method), asOf));

    private MetricResult Result(ProjectHistory history, ScheduleStatus status, Func<ScheduleStatus, FigureAnswer> answer)
    {
        var baseline = status.Baseline;
        var metric = Metric.Unit == BaselineUnit ? Metric with { Unit = status.Unit } : Metric;
        var told = answer(status);
        var result = told.ToResult(metric, Method, status.AsOf, status.Basis.Counted);
        return result with
        {
            Baseline = baseline.Id,
            Findings = [.. baseline.Warnings, .. told.Remarks, .. Rebaselining.Remark(history.Schedule, status.Basis)],
            Inputs = [.. told.Inputs, .. Setting(status), .. Rebaselining.AgainstOriginal(history.Schedule, status, metric, answer)],
            Evidence = told.Evidence is null ? BaselineEvidence.Of(history, status, Evidence) : result.Evidence,
        };
    }

    private static IEnumerable<MetricInput> Setting(ScheduleStatus status)
    {
        yield return new("baseline", $"{status.Baseline.Id}, {status.Baseline.Items.Count} items, {status.Weight(status.Basis.TotalWeight)}");
        if (status.Basis.UndatedWeight > 0)
            yield return new("weight without planned dates", status.Weight(status.Basis.UndatedWeight));
    }
}

/// <summary>A metric on what became of a baseline, which needs none of its dates.</summary>
/// <param name="Metric">What it computes.</param>
/// <param name="Method">The usual variant of the computation.</param>
public sealed record BaselineFigure(MetricDefinition Metric, string Method)
{
    /// <summary>What it computes. Estimates and dates are weighed with the baseline.</summary>
    public MetricDefinition Metric { get; init; } = Metric with { Needs = DataNeeds.Items | DataNeeds.States };

    /// <summary>One result per instant, in their order.</summary>
    public IEnumerable<MetricResult> Series(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<BaselineBasis, DateTimeOffset, FigureAnswer> answer) =>
        instants.Select(asOf => history.Schedule.Current(asOf) is { Baseline.Items.Count: > 0 } basis ? Result(history, basis, asOf, answer(basis, asOf)) : history.Schedule.Unmeasured(new(Metric, Method), asOf));

    private MetricResult Result(ProjectHistory history, BaselineBasis basis, DateTimeOffset asOf, FigureAnswer answer) =>
        answer.ToResult(Metric, Method, asOf, basis.Baseline.Items.Count) with
        {
            Baseline = basis.Baseline.Id,
            Findings = [.. answer.Remarks, .. Rebaselining.Remark(history.Schedule, basis)],
        };
}

/// <summary>What is said where a plan was taken anew: that it was, and how the figure stands against the plan that was first agreed.</summary>
internal static class Rebaselining
{
    private const string Name = "Rebaselined";

    /// <summary>A remark where the baseline in force is not the only one so far.</summary>
    public static IEnumerable<Finding> Remark(ScheduleBasis schedule, BaselineBasis current)
    {
        var number = schedule.Baselines.TakeWhile(b => b != current).Count() + 1;
        if (number == 1)
            yield break;
        var taken = current.Baseline;
        yield return new(Name, 0, string.Create(CultureInfo.InvariantCulture,
            $"Measured against baseline {number} of the project, taken on {taken.Calendar.DayOf(taken.CapturedAt):yyyy-MM-dd}, approved by {taken.ApprovedBy ?? "the configuration"}: {taken.Reason}"));
    }

    /// <summary>The figure against the first baseline, beside the one against the baseline in force.</summary>
    public static IEnumerable<MetricInput> AgainstOriginal(ScheduleBasis schedule, ScheduleStatus status, MetricDefinition metric, Func<ScheduleStatus, FigureAnswer> answer)
    {
        var original = schedule.Baselines[0];
        if (original == status.Basis || original.At(status.AsOf) is not { } before)
            yield break;
        var told = answer(before);
        var unit = metric.Unit == status.Unit ? before.Unit : metric.Unit;
        yield return new($"against the original baseline {original.Baseline.Id}",
            told.Value is { } value ? metric.Form.Write(value, unit, CultureInfo.InvariantCulture) : $"not measurable: {told.Because}");
    }
}
