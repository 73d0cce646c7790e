using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Model.Costs;

/// <summary>A cost metric: turns the status of each instant into a result that carries baseline, findings, confidence and evidence.</summary>
/// <param name="Metric">What it computes; the unit <see cref="CostUnit"/> is replaced by the project's: its currency, or hours.</param>
/// <param name="Method">The usual variant of the computation.</param>
public sealed record CostFigure(MetricDefinition Metric, string Method)
{
    /// <summary>Unit of metrics that count what cost is counted in.</summary>
    public const string CostUnit = "cost unit";

    /// <summary>What it computes. Estimates and dates are weighed with the baseline, which has findings of its own.</summary>
    public MetricDefinition Metric { get; init; } = Metric with { Needs = DataNeeds.Items | DataNeeds.States | DataNeeds.Hours };

    /// <summary>One result per instant, in their order, of a metric that sets value against cost.</summary>
    public IEnumerable<MetricResult> Series(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<CostPerformance, CostStatus, FigureAnswer> answer) =>
        instants.Select(history.Costs.At).Select(status => Result(history, status, answer));

    /// <summary>One result per instant, in their order, of a metric that needs no baseline.</summary>
    public IEnumerable<MetricResult> OfSpending(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<decimal, CostStatus, FigureAnswer> answer) =>
        instants.Select(history.Costs.At).Select(status => Result(history, status, answer));

    /// <summary>Why EAC.cpi and what is made from it cannot be told.</summary>
    public static FigureAnswer NoEstimate(CostPerformance performance, params IReadOnlyList<MetricInput> inputs) => performance.Actual <= 0
        ? FigureAnswer.None(Reason.ZeroDenominator, "Nothing has been spent.", inputs)
        : FigureAnswer.None(Reason.NoProgress, "Nothing has been earned, so it cannot be told what work costs here.", inputs);

    private MetricResult Result(ProjectHistory history, CostStatus status, Func<decimal, CostStatus, FigureAnswer> answer)
    {
        if (status.Actual is not { } actual)
            return Unknown(status, status.WhyNoActual);
        var told = answer(actual, status);
        var result = told.ToResult(Named(status), Method, status.AsOf, status.Entries);
        return result with
        {
            Findings = [.. status.ActualFindings, .. told.Remarks],
            Evidence = told.Evidence is null ? new DeferredList<Evidence>(() => history.Costs.Behind(status, [])) : result.Evidence,
        };
    }

    private MetricResult Result(ProjectHistory history, CostStatus status, Func<CostPerformance, CostStatus, FigureAnswer> answer)
    {
        if (status.Performance is not { } performance || status.Schedule is not { } schedule)
            return Unknown(status, status.WhyNot);
        var told = answer(performance, status);
        return told.ToResult(Named(status), Method, status.AsOf, schedule.Basis.Counted) with
        {
            Baseline = schedule.Baseline.Id,
            Inputs = [.. told.Inputs, new("baseline", schedule.Baseline.Id)],
            Findings = [.. schedule.Baseline.Warnings, .. status.ActualFindings, .. told.Remarks, .. Rebaselining.Remark(history.Schedule, schedule.Basis)],
            Evidence = new DeferredList<Evidence>(() => history.Costs.Behind(status, BaselineEvidence.Of(history, schedule, ScheduleEvidence.PlannedOrEarned))),
        };
    }

    private NotMeasurable Unknown(CostStatus status, (Reason Reason, string Because)? why) =>
        new Figure(Named(status), Method).Unknown(status.AsOf, why?.Reason ?? Reason.NoData, why?.Because ?? "There is nothing to measure.");

    private MetricDefinition Named(CostStatus status) => Metric.Unit == CostUnit ? Metric with { Unit = status.Unit } : Metric;
}
