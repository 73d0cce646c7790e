using System.Globalization;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Planning;

/// <summary>Where a project stands against its baseline as of an instant. Values are in the baseline's unit, times in working days.</summary>
public sealed record ScheduleStatus
{
    /// <summary>The baseline with its planned and earned value.</summary>
    public required BaselineBasis Basis { get; init; }

    /// <summary>The baseline.</summary>
    public Baseline Baseline => Basis.Baseline;

    /// <summary>The instant, inclusive.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The day of the instant in the PMO's zone.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Planned value at the end of the day.</summary>
    public required decimal Planned { get; init; }

    /// <summary>Earned value at the instant.</summary>
    public required decimal Earned { get; init; }

    /// <summary>Budget at completion.</summary>
    public required decimal Budget { get; init; }

    /// <summary>Earned schedule ES.</summary>
    public required decimal EarnedSchedule { get; init; }

    /// <summary>Actual time AT; stands still once everything is earned.</summary>
    public required int ActualTime { get; init; }

    /// <summary>Planned duration PD.</summary>
    public required int Duration { get; init; }

    /// <summary>Since when everything is earned; null while it is not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The baseline's unit in words.</summary>
    public string Unit => Baseline.UnitName;

    /// <summary>SPI(t) = ES / AT; null before the first day of the plan.</summary>
    public decimal? SpeedInTime => Planning.EarnedSchedule.Speed(EarnedSchedule, ActualTime);

    /// <summary>IEAC(t) = PD / SPI(t): how many working days the project takes at the speed it has had; null while that is unknown or nothing is earned.</summary>
    public decimal? ForecastDuration => Planning.EarnedSchedule.ForecastDuration(Duration, EarnedSchedule, ActualTime);

    /// <summary>The day on which a number of working days since the start of the plan are full; null beyond the calendar.</summary>
    public DateOnly? DayAfter(decimal duration) => Baseline.Calendar.WorkingDay(Baseline.FirstDay, decimal.Ceiling(duration));

    /// <summary>Whether enough has happened for a colour: indices jump about at the beginning and in tiny plans.</summary>
    public bool IsTelling => ActualTime >= 10 && Earned * 100 >= 15 * Budget && Basis.Counted >= 5;

    /// <summary>PV as an input of a formula.</summary>
    public MetricInput PlannedInput => new("planned value PV", Weight(Planned));

    /// <summary>EV as an input of a formula.</summary>
    public MetricInput EarnedInput => new("earned value EV", Weight(Earned));

    /// <summary>BAC as an input of a formula.</summary>
    public MetricInput BudgetInput => new("budget at completion BAC", Weight(Budget));

    /// <summary>ES as an input of a formula.</summary>
    public MetricInput EarnedScheduleInput => new("earned schedule ES", Days(EarnedSchedule));

    /// <summary>AT as an input of a formula, with where it stopped.</summary>
    public MetricInput ActualTimeInput => new("actual time AT", FinishedAt is { } finished
        ? string.Create(CultureInfo.InvariantCulture, $"{Days(ActualTime)}, up to the finish on {Baseline.Calendar.DayOf(finished):yyyy-MM-dd}")
        : Days(ActualTime));

    /// <summary>PD as an input of a formula.</summary>
    public MetricInput DurationInput => new("planned duration PD", Days(Duration));

    /// <summary>A weight in the baseline's unit, in words.</summary>
    public string Weight(decimal weight) => Plain.Write(weight, Unit, CultureInfo.InvariantCulture);

    private static string Days(decimal days) => Plain.Write(days, "working days", CultureInfo.InvariantCulture);

    private static readonly FigureForm Plain = new(3);
}
