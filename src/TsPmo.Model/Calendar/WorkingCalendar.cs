namespace TsPmo.Model.Calendar;

/// <summary>The PMO's calendar: the one zone in which a day is a day, the weekdays that are worked, and holidays. Immutable.</summary>
public sealed class WorkingCalendar
{
    /// <summary>No plan reaches further.</summary>
    private static readonly DateOnly LastDay = new(9000, 1, 1);

    private readonly bool[] _isWorked = new bool[7];
    private readonly int _daysPerWeek;
    private readonly HashSet<DateOnly> _holidays;
    private readonly DateOnly[] _holidaysOnWorkingDays;

    /// <summary>A calendar. At least one weekday must be worked.</summary>
    /// <exception cref="ArgumentException">No weekday is worked.</exception>
    public WorkingCalendar(TimeZoneInfo zone, IEnumerable<DayOfWeek> workingDays, IEnumerable<DateOnly> holidays)
    {
        Zone = zone;
        foreach (var day in workingDays)
            _isWorked[(int)day] = true;
        _daysPerWeek = _isWorked.Count(d => d);
        _holidays = [.. holidays];
        _holidaysOnWorkingDays = [.. _holidays.Where(IsWorkingWeekday).Order()];
        if (_daysPerWeek == 0)
            throw new ArgumentException("A calendar needs at least one working weekday.", nameof(workingDays));
    }

    /// <summary>The PMO's zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The weekdays that are worked, Sunday first.</summary>
    public IReadOnlyList<DayOfWeek> WorkingDays => [.. Enum.GetValues<DayOfWeek>().Where(d => _isWorked[(int)d])];

    /// <summary>The holidays, ascending.</summary>
    public IReadOnlyList<DateOnly> Holidays => [.. _holidays.Order()];

    /// <summary>The calendar day an instant falls on in the PMO's zone.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The first instant of a day, UTC. Where the clock jumps over midnight it is the first instant that exists.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The end of a day, UTC: the first instant of the next day, exclusive.</summary>
    public DateTimeOffset EndOf(DateOnly day) => StartOf(day.AddDays(1));

    /// <summary>Whether a day is worked: its weekday is and it is no holiday.</summary>
    public bool IsWorkingDay(DateOnly day) => IsWorkingWeekday(day) && !_holidays.Contains(day);

    private bool IsWorkingWeekday(DateOnly day) => _isWorked[(int)day.DayOfWeek];

    /// <summary>The first working day on or after a day.</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The count-th working day after a day, or for a negative count before it; the day itself for 0.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        for (var left = Math.Abs(count); left > 0; left -= IsWorkingDay(day) ? 1 : 0)
            day = day.AddDays(Math.Sign(count));
        return day;
    }

    /// <summary>Number of working days in [first, last], both inclusive; 0 when last lies before first. Its cost does not grow with the span.</summary>
    public int WorkingDaysIn(DateOnly first, DateOnly last)
    {
        if (last < first)
            return 0;
        var days = last.DayNumber - first.DayNumber + 1;
        var count = days / 7 * _daysPerWeek;
        for (var day = last.AddDays(1 - days % 7); day <= last; day = day.AddDays(1))
        {
            if (IsWorkingWeekday(day))
                count++;
        }

        return count - HolidaysWithin(first, last);
    }

    /// <summary>Working days from one day to another, not counting the first: how much later the second is; negative where it is earlier.</summary>
    public int WorkingDaysFrom(DateOnly from, DateOnly to) => to >= from ? WorkingDaysIn(from.AddDays(1), to) : -WorkingDaysIn(to.AddDays(1), from);

    /// <summary>The n-th working day on or after a day, the first being 1; null where the calendar ends before it.</summary>
    public DateOnly? WorkingDay(DateOnly first, decimal n)
    {
        int low = first.DayNumber, high = LastDay.DayNumber;
        if (n > WorkingDaysIn(first, LastDay))
            return null;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (WorkingDaysIn(first, DateOnly.FromDayNumber(middle)) >= n)
                high = middle;
            else
                low = middle + 1;
        }

        return DateOnly.FromDayNumber(low);
    }

    private int HolidaysWithin(DateOnly first, DateOnly last) => CountBefore(last.AddDays(1)) - CountBefore(first);

    private int CountBefore(DateOnly day)
    {
        var index = Array.BinarySearch(_holidaysOnWorkingDays, day);
        return index < 0 ? ~index : index;
    }

    /// <summary>The complete Monday weeks that end before the week of an instant: the last <paramref name="weeks"/> of them.</summary>
    public Measuring.DateWindow CompleteWeeksBefore(DateTimeOffset instant, int weeks)
    {
        var monday = MondayOf(DayOf(instant));
        return new(monday.AddDays(-7 * weeks), monday.AddDays(-1));
    }

    /// <summary>The Monday of the week a day lies in.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
