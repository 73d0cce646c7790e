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

    [Fact]
    public void The_nth_working_day_is_the_first_by_which_n_have_been_worked()
    {
        var calendar = new WorkingCalendar(TimeZoneInfo.Utc, [DayOfWeek.Sunday, DayOfWeek.Tuesday, DayOfWeek.Thursday], [new(2026, 1, 6), new(2026, 2, 1)]);
        for (var first = new DateOnly(2025, 12, 20); first < new DateOnly(2026, 1, 20); first = first.AddDays(1))
        {
            for (var n = 1; n < 40; n++)
            {
                var day = calendar.WorkingDay(first, n).ShouldNotBeNull();
                calendar.IsWorkingDay(day).ShouldBeTrue();
                calendar.WorkingDaysIn(first, day).ShouldBe(n);
            }
        }

        calendar.WorkingDay(new(2026, 1, 1), 1e12m).ShouldBeNull();
    }

    [Fact]
    public void A_later_day_is_as_many_working_days_later_as_lie_after_the_first_and_an_earlier_one_as_many_earlier()
    {
        var calendar = new WorkingCalendar(TimeZoneInfo.Utc, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], []);

        calendar.WorkingDaysFrom(new(2026, 1, 9), new(2026, 1, 12)).ShouldBe(1);
        calendar.WorkingDaysFrom(new(2026, 1, 12), new(2026, 1, 9)).ShouldBe(-1);
        calendar.WorkingDaysFrom(new(2026, 1, 12), new(2026, 1, 12)).ShouldBe(0);
        calendar.WorkingDaysFrom(new(2026, 1, 9), new(2026, 1, 11)).ShouldBe(0);
    }
}
