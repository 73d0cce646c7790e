using TsPmo.Model.Calendar;

namespace TsPmo.Model.Tests.Calendar;

public sealed class WorkingDaysTests
{
    [Fact]
    public void Counting_working_days_gives_what_walking_over_them_gives()
    {
        var calendar = new WorkingCalendar(TimeZoneInfo.Utc, [DayOfWeek.Sunday, DayOfWeek.Tuesday, DayOfWeek.Thursday], [new(2026, 1, 6), new(2026, 1, 7), new(2026, 2, 1)]);
        var first = new DateOnly(2025, 12, 20);
        for (var from = 0; from < 30; from++)
        {
            for (var length = -2; length < 60; length++)
            {
                var (start, end) = (first.AddDays(from), first.AddDays(from + length));
                calendar.WorkingDaysIn(start, end).ShouldBe(Enumerable.Range(0, length + 1 < 0 ? 0 : length + 1).Count(d => calendar.IsWorkingDay(start.AddDays(d))));
            }
        }
    }
}
