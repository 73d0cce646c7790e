using TsPmo.Model.Forecasting;
using TsPmo.Model.History;
using TsPmo.Model.Work;
using TsPmo.Testing.Builders;

namespace TsPmo.Model.Tests.Forecasting;

public sealed class ForecastBasisTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 4, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_done_on_a_week_end_or_holiday_is_booked_on_the_next_working_day()
    {
        var history = new HistoryBuilder { Holidays = [new(2026, 4, 13)] };
        Done(history, "1", new(2026, 4, 10, 9, 0, 0, TimeSpan.Zero));
        Done(history, "2", new(2026, 4, 11, 9, 0, 0, TimeSpan.Zero));
        Done(history, "3", new(2026, 4, 13, 9, 0, 0, TimeSpan.Zero));
        Done(history, "4", AsOf.AddHours(-1));
        var sample = Sample(history.Build());

        sample.Days.ShouldBe(60);
        sample.Window.Last.ShouldBe(new(2026, 4, 14));
        sample.Window.First.ShouldBe(new(2026, 1, 20));
        sample.Finished.TakeLast(3).ShouldBe([0, 1, 2]);
        sample.FinishedItems.ShouldBe(3);
    }

    [Fact]
    public void Days_before_the_first_item_are_not_days_without_work()
    {
        var history = new HistoryBuilder();
        var item = history.Item("1");
        item.Created = new(2026, 4, 4, 9, 0, 0, TimeSpan.Zero);
        var sample = Sample(history.Build());

        sample.Window.First.ShouldBe(new(2026, 4, 6));
        sample.Days.ShouldBe(7);
        sample.Arrived.ShouldBe([1, 0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void Streams_must_all_finish_so_that_their_chances_are_multiplied()
    {
        var history = new HistoryBuilder();
        foreach (var connector in new[] { "a", "b" })
        {
            for (var i = 0; i < 30; i++)
                history.Item($"{i:00}", connector).Change(AsOf.AddDays(-80 + (2 * i)), "state", State.Done);
            for (var i = 30; i < (connector == "a" ? 36 : 33); i++)
                history.Item($"{i:00}", connector);
        }

        var forecast = history.Build().Forecasts.At(AsOf);

        forecast.Streams.Select(s => s.Name).ShouldBe(["a/PRJ", "b/PRJ"]);
        for (var day = 1; day < 60; day++)
            forecast.By(day).ShouldBe(forecast.Streams[0].Completion.By(day) * forecast.Streams[1].Completion.By(day), 1e-15);
        forecast.OptimisticDayOf(85).ShouldBe(Enumerable.Range(1, 300).First(day => forecast.Streams[0].Completion.By(day) >= 0.85));
        forecast.DayOf(85).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(forecast.OptimisticDayOf(85).ShouldNotBeNull());
    }

    [Fact]
    public void Past_forecasts_are_judged_once_their_day_has_passed()
    {
        var history = new HistoryBuilder();
        for (var i = 0; i < 200; i++)
            history.Item($"{i:000}").Change(new DateTimeOffset(2025, 6, 2, 9, 0, 0, TimeSpan.Zero).AddDays(i * 2), "state", State.Done);
        var basis = history.Build().Forecasts;

        basis.CalibrationAt(new(2025, 9, 15, 9, 0, 0, TimeSpan.Zero)).Judged.ShouldBeEmpty();
        var late = basis.CalibrationAt(new(2026, 9, 15, 9, 0, 0, TimeSpan.Zero));
        late.Judged.ShouldNotBeEmpty();
        late.Judged.ShouldAllBe(p => p.Date < new DateOnly(2026, 9, 15));
        late.Judged.Select(p => p.MadeOn).ShouldBeInOrder();
    }

    private static void Done(HistoryBuilder history, string id, DateTimeOffset at) => history.Item(id).Change(at, "state", State.Done);

    private static DailySample Sample(ProjectHistory history) => DailySample.Of(history.Flow.At(AsOf).Counted, history.Calendar, new(2026, 4, 15));
}
