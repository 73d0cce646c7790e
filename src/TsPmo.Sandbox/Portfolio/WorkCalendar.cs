namespace TsPmo.Sandbox.Portfolio;

/// <summary>When people work: Monday to Friday in the PMO's zone, from eight to six, not around the turn of the year.</summary>
internal sealed class WorkCalendar(TimeZoneInfo zone)
{
    private const double DayStart = 8, DayLength = 9;

    public static bool IsWorkday(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day);

    public static bool IsHoliday(DateOnly day) => (day.Month, day.Day) is (12, 25) or (12, 26) or (1, 1) or (8, 1) or (5, 1);

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The workday that many workdays after (or before) a day.</summary>
    public static DateOnly AddWorkdays(DateOnly day, int workdays)
    {
        var step = Math.Sign(workdays);
        for (var left = Math.Abs(workdays); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkday(day)) left--;
        }

        return day;
    }

    public static int Workdays(DateOnly first, DateOnly last)
    {
        var count = 0;
        for (var day = first; day <= last; day = day.AddDays(1)) count += IsWorkday(day) ? 1 : 0;
        return count;
    }

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>An hour of a day of the zone (13.5 is half past one) as an instant of whole milliseconds.</summary>
    public DateTimeOffset At(DateOnly day, double hour)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddMilliseconds(Math.Round(hour * 3_600_000));
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>Some instant of a day, mostly within working hours.</summary>
    public DateTimeOffset During(DateOnly day, RandomSequence random) =>
        At(day, random.Chance(0.02) ? random.Between(18.5, 22.5) : random.Between(DayStart, DayStart + DayLength + 1));

    /// <summary>The instant after that much more work, counted in days of nine hours on workdays.</summary>
    public DateTimeOffset AfterWork(DateTimeOffset from, double days)
    {
        var local = TimeZoneInfo.ConvertTime(from, zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        var used = Math.Clamp((local.TimeOfDay.TotalHours - DayStart) / DayLength, 0, 1);
        var total = used + days;
        var whole = (int)Math.Floor(total);
        var start = IsWorkday(day) ? day : AddWorkdays(day, 1);
        return At(whole > 0 ? AddWorkdays(start, whole) : start, DayStart + ((total - whole) * DayLength));
    }

    /// <summary>A morning hour of the next workday.</summary>
    public DateTimeOffset NextMorning(DateTimeOffset from, RandomSequence random) =>
        At(AddWorkdays(DayOf(from), 1), random.Between(8.0, 10.0));
}
