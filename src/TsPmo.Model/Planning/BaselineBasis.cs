using System.Collections.Concurrent;
using TsPmo.Model.History;

namespace TsPmo.Model.Planning;

/// <summary>One baseline with its planned and earned value, and with what became of its scope and dates since; each made once, when first asked for.</summary>
public sealed class BaselineBasis
{
    private readonly Lazy<BaselineScope> _scope;
    private readonly Lazy<DateMoves> _dates;
    private readonly ConcurrentDictionary<DateTimeOffset, IReadOnlyList<BaselineLine>> _lines = new();

    internal BaselineBasis(ProjectHistory history, Baseline baseline)
    {
        Baseline = baseline;
        (Counted, TotalWeight, UndatedWeight) = (baseline.Items.Count(baseline.Counts), baseline.TotalWeight, baseline.UndatedWeight);
        _scope = new(() => new BaselineScope(history, baseline));
        _dates = new(() => new DateMoves(history, baseline));
        if (baseline is not { IsPhased: true, Items.Count: > 0 })
            return;
        Planned = new PlannedValue(baseline);
        Earned = new EarnedValue(history, baseline);
    }

    /// <summary>The baseline.</summary>
    public Baseline Baseline { get; }

    /// <summary>How many of its items are part of BAC, PV and EV.</summary>
    public int Counted { get; }

    /// <summary>Weight of all its items.</summary>
    public decimal TotalWeight { get; }

    /// <summary>Weight of those without a planned finish.</summary>
    public decimal UndatedWeight { get; }

    /// <summary>Planned value; null when the baseline cannot be phased.</summary>
    public PlannedValue? Planned { get; }

    /// <summary>Earned value; null when the baseline cannot be phased.</summary>
    public EarnedValue? Earned { get; }

    /// <summary>What was added to its scope, taken out and estimated anew since.</summary>
    public BaselineScope Scope => _scope.Value;

    /// <summary>How often the dates of its items were moved since.</summary>
    public DateMoves DateMoves => _dates.Value;

    /// <summary>What is to be said of its items as of an instant, made once for all figures that they stand behind.</summary>
    internal IReadOnlyList<BaselineLine> LinesAt(DateTimeOffset asOf, Func<IReadOnlyList<BaselineLine>> make) => _lines.GetOrAdd(asOf, static (_, make) => make(), make);

    /// <summary>Where the project stands against it as of an instant; null before it was taken and when it cannot be phased.</summary>
    public ScheduleStatus? At(DateTimeOffset asOf)
    {
        if (Planned is not { } planned || Earned is not { } earned || asOf < Baseline.CapturedAt)
            return null;
        var day = Baseline.Calendar.DayOf(asOf);
        var value = earned.At(asOf);
        var finished = earned.ReachedSince(planned.Total, asOf);
        return new ScheduleStatus
        {
            Basis = this,
            AsOf = asOf,
            Day = day,
            Planned = planned.AtEndOf(day),
            Earned = value,
            Budget = planned.Total,
            EarnedSchedule = EarnedSchedule.Of(planned.ByPeriod, value),
            ActualTime = planned.PeriodOf(finished is { } f ? Baseline.Calendar.DayOf(f) : day),
            Duration = planned.Duration,
            FinishedAt = finished,
        };
    }
}
