using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Planning;

/// <summary>
/// Baseline, planned and earned value of one project, made by one sweep over its history and asked for any number of instants.
/// Every schedule metric reads the same one, through <see cref="ProjectHistory.Schedule"/>.
/// </summary>
public sealed class ScheduleBasis
{
    private ScheduleBasis(ProjectHistory history, Baseline? baseline)
    {
        Baseline = baseline;
        if (baseline is not { IsPhased: true, Items.Count: > 0 })
            return;
        Planned = new PlannedValue(baseline);
        Earned = new EarnedValue(history, baseline);
    }

    /// <summary>The baseline; null when the plan names none.</summary>
    public Baseline? Baseline { get; }

    /// <summary>Planned value; null when the baseline cannot be phased.</summary>
    public PlannedValue? Planned { get; }

    /// <summary>Earned value; null when the baseline cannot be phased.</summary>
    public EarnedValue? Earned { get; }

    /// <summary>The basis of a history's own baseline.</summary>
    public static ScheduleBasis From(ProjectHistory history) => new(history, BaselineRebuild.From(history));

    /// <summary>Where the project stands as of an instant; null when <see cref="WhyNot"/> has the reason.</summary>
    public ScheduleStatus? At(DateTimeOffset asOf)
    {
        if (Baseline is not { } baseline || Planned is not { } planned || Earned is not { } earned || asOf < baseline.CapturedAt)
            return null;
        var day = baseline.Calendar.DayOf(asOf);
        var value = earned.At(asOf);
        var finished = earned.ReachedSince(planned.Total, asOf);
        return new ScheduleStatus
        {
            Baseline = baseline,
            AsOf = asOf,
            Day = day,
            Planned = planned.AtEndOf(day),
            Earned = value,
            Budget = planned.Total,
            EarnedSchedule = EarnedSchedule.Of(planned.ByPeriod, value),
            ActualTime = planned.PeriodOf(finished is { } f ? baseline.Calendar.DayOf(f) : day),
            Duration = planned.Duration,
            FinishedAt = finished,
        };
    }

    /// <summary>Why nothing can be said as of an instant, with a sentence for people; null when something can.</summary>
    public (Reason Reason, string Because)? WhyNot(DateTimeOffset asOf) => Baseline switch
    {
        null => (Reason.NoBaseline, "The project's plan names no baseline (Plan.BaselineAt)."),
        var b when asOf < b.CapturedAt => (Reason.NoBaseline, "The baseline was taken after this instant."),
        { Items.Count: 0 } => (Reason.NoData, "The baseline holds no open item of the project."),
        { IsPhased: false } => (Reason.NoBaselineDates, "Items with planned dates carry under 80 % of the weight, and the plan has no start and finish to spread the rest over."),
        _ => null,
    };
}
