using TsPmo.Model.Calendar;

namespace TsPmo.Model.Planning;

/// <summary>
/// Planned value (BCWS) of a baseline at the end of each day. Periods are working days, counted from the baseline's first day = 1;
/// nothing is planned before it.
/// </summary>
public sealed class PlannedValue
{
    private readonly Baseline _baseline;
    private readonly decimal[] _cumulative;
    private readonly Dictionary<DateOnly, decimal> _onFreeDays = [];

    /// <summary>The planned value of a baseline that can be phased.</summary>
    public PlannedValue(Baseline baseline)
    {
        _baseline = baseline;
        var undated = baseline.Spread is null ? 0 : baseline.UndatedWeight;
        var last = baseline.Items.Max(i => i.Finish) ?? baseline.FirstDay;
        if (undated > 0 && baseline.Spread is { } window && window.Last > last)
            last = window.Last;
        var steps = new decimal[Math.Max(1, PeriodOf(Calendar.OnOrAfter(last)))];
        foreach (var item in baseline.Items)
            Add(steps, item);
        if (undated > 0 && baseline.Spread is { } spread)
            AddLinear(steps, undated, spread.First, spread.Last);
        _cumulative = Accumulate(steps);
    }

    /// <summary>Budget at completion: all weight that is phased.</summary>
    public decimal Total => _cumulative[^1];

    /// <summary>Planned duration: the first period at which everything is planned.</summary>
    public int Duration => EarnedSchedule.FirstReaching(_cumulative, Total);

    /// <summary>Cumulative planned value at the end of each period; the first element is period 1.</summary>
    public IReadOnlyList<decimal> ByPeriod => _cumulative;

    private WorkingCalendar Calendar => _baseline.Calendar;

    /// <summary>The period a day lies in: its working days since the first, which a free day shares with the working day before it; 0 before the first.</summary>
    public int PeriodOf(DateOnly day) => Calendar.WorkingDaysIn(_baseline.FirstDay, day);

    /// <summary>Planned value at the end of a day, that day in full.</summary>
    public decimal AtEndOf(DateOnly day)
    {
        var period = Math.Min(PeriodOf(day), _cumulative.Length);
        var value = period == 0 ? 0 : _cumulative[period - 1];
        for (var free = day; free > _baseline.FirstDay && !Calendar.IsWorkingDay(free); free = free.AddDays(-1))
            value += _onFreeDays.GetValueOrDefault(free);
        return Math.Min(value, Total);
    }

    /// <summary>Planned share of one item at the end of a day, 0 to 1.</summary>
    public decimal ShareOf(BaselineItem item, DateOnly day)
    {
        if (day < _baseline.FirstDay || !_baseline.Counts(item))
            return 0;
        if (item.Finish is not { } finish)
            return _baseline.Spread is { } spread ? Linear(1, spread.First, spread.Last, day) : 0;
        return item.Accrual == Accrual.LinearWorkday ? Linear(1, item.Start ?? finish, finish, day) : finish <= day ? 1 : 0;
    }

    private void Add(decimal[] steps, BaselineItem item)
    {
        if (item.Finish is not { } finish)
            return;
        if (item.Accrual == Accrual.LinearWorkday)
            AddLinear(steps, item.Weight, item.Start ?? finish, finish);
        else
            AddWhole(steps, item.Weight, finish);
    }

    private void AddWhole(decimal[] steps, decimal weight, DateOnly finish)
    {
        var day = finish < _baseline.FirstDay ? _baseline.FirstDay : finish;
        steps[PeriodOf(Calendar.OnOrAfter(day)) - 1] += weight;
        if (!Calendar.IsWorkingDay(day))
            _onFreeDays[day] = _onFreeDays.GetValueOrDefault(day) + weight;
    }

    private void AddLinear(decimal[] steps, decimal weight, DateOnly start, DateOnly finish)
    {
        var length = Calendar.WorkingDaysIn(start, finish);
        if (length == 0 || finish < _baseline.FirstDay)
        {
            AddWhole(steps, weight, finish);
            return;
        }

        var elapsedBefore = Calendar.WorkingDaysIn(start, _baseline.FirstDay.AddDays(-1));
        var leading = start > _baseline.FirstDay ? PeriodOf(start.AddDays(-1)) : 0;
        var before = 0m;
        for (var elapsed = elapsedBefore + 1; elapsed <= length; elapsed++)
        {
            var value = Portion(weight, elapsed, length);
            steps[leading + elapsed - elapsedBefore - 1] += value - before;
            before = value;
        }
    }

    private decimal Linear(decimal weight, DateOnly start, DateOnly finish, DateOnly day)
    {
        var length = Calendar.WorkingDaysIn(start, finish);
        if (length == 0)
            return finish <= day ? weight : 0;
        return Portion(weight, Math.Min(length, Calendar.WorkingDaysIn(start, day)), length);
    }

    /// <summary>Rounded to 12 places so that sums and differences of portions are exact and the last one completes the weight to the digit.</summary>
    internal static decimal Portion(decimal weight, decimal part, decimal whole) =>
        part >= whole ? weight : Math.Round(weight * part / whole, 12, MidpointRounding.AwayFromZero);

    private static decimal[] Accumulate(decimal[] steps)
    {
        for (var i = 1; i < steps.Length; i++)
            steps[i] += steps[i - 1];
        return steps;
    }
}
