using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Forecasting;

namespace TsPmo.Model.Tests.Forecasting;

/// <summary>The exact distributions, against counting every sequence of days, and against each other.</summary>
public sealed class CompletionDaysTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20260401, 3);
    private static readonly Arbitrary<int[]> Samples = Gen.ArrayOf(Gen.Choose(0, 4), 5).ToArbitrary();

    [Fact]
    public void The_chance_of_being_finished_is_the_share_of_all_sequences_of_days_that_finish() => Check.One(Fixed, Prop.ForAll(Samples, sample =>
    {
        for (var items = 0; items <= 7; items++)
        {
            var completion = new CompletionDays(new DailyChances(sample), items);
            for (var days = 0; days <= 4; days++)
            {
                var finishing = Totals(sample, days).Count(total => total >= items);
                completion.By(days).ShouldBe(finishing / Math.Pow(sample.Length, days), 1e-12);
            }
        }
    }));

    [Fact]
    public void As_many_items_are_reached_as_the_share_of_all_sequences_of_days_says() => Check.One(Fixed, Prop.ForAll(Samples, sample =>
    {
        var totals = Totals(sample, 4).ToArray();
        foreach (var percent in new[] { 50, 70, 85, 95 })
        {
            var most = Enumerable.Range(0, 17).Last(items => items == 0 || totals.Count(t => t >= items) * 100L >= percent * (long)totals.Length);
            new DailyTotals(new DailyChances(sample), 4).AtLeast(percent).ShouldBe(most);
        }
    }));

    [Fact]
    public void More_days_never_lower_the_chance_and_more_items_never_raise_it() => Check.One(Fixed, Prop.ForAll(Samples, sample =>
    {
        var (some, more) = (new CompletionDays(new DailyChances(sample), 40), new CompletionDays(new DailyChances(sample), 41));
        for (var day = 1; day < 200; day++)
        {
            some.By(day).ShouldBeInRange(some.By(day - 1), 1);
            more.By(day).ShouldBeLessThanOrEqualTo(some.By(day) + 1e-12);
        }
    }));

    [Fact]
    public void What_cannot_be_reached_by_a_day_never_is_and_that_is_known_far_ahead() => Check.One(Fixed, Prop.ForAll(Samples, sample =>
    {
        var completion = new CompletionDays(new DailyChances(sample), 40);
        for (var day = 0; day < 120; day++)
        {
            foreach (var chance in new[] { 0.05, 0.5, 0.85, 0.99 })
                (completion.By(day) < chance || completion.MayReach(chance, day)).ShouldBeTrue($"{chance} on day {day}");
        }

        new CompletionDays(new DailyChances([0, 1, 4]), 400).MayReach(0.85, 200).ShouldBeFalse();
    }));

    [Fact]
    public void Long_sums_lose_nothing_by_what_is_dropped_on_the_way()
    {
        int[] sample = [0, 0, 1, 0, 3, 2, 0, 9, 1, 0, 4, 2];
        var completion = new CompletionDays(new DailyChances(sample), 1500);
        var totals = new double[] { 1 };
        for (var day = 1; day <= 900; day++)
        {
            totals = new DailyChances(sample).AfterOneMore(totals);
            if (day % 100 == 0)
                completion.By(day).ShouldBe(totals.Skip(1500).Sum(), 1e-12);
        }
    }

    [Fact]
    public void A_simulation_comes_within_its_error_of_the_exact_chances() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(12).WithReplay(20260402, 5), Prop.ForAll(Gen.Choose(1, 60).ToArbitrary(), items =>
    {
        var sample = new[] { 0, 1, 0, 2, 5, 0, 1, 3 };
        var exact = new CompletionDays(new DailyChances(sample), items);
        var simulated = CoupledSimulation.Run([(DailySample.Of(sample), items)], withArrivals: false, 1300, (ulong)items);
        for (var day = 1; day < 90; day++)
            simulated.By(day).ShouldBe(exact.By(day), 0.025);
    }));

    [Fact]
    public void Streams_that_have_their_days_together_finish_like_the_slowest()
    {
        int[] sample = [0, 1, 0, 2, 5, 0, 1, 3];
        var alone = CoupledSimulation.Run([(DailySample.Of(sample), 30)], withArrivals: false, 1300, 42);
        var together = CoupledSimulation.Run([(DailySample.Of(sample), 30), (DailySample.Of(sample), 12)], withArrivals: false, 1300, 42);

        Enumerable.Range(1, 60).Select(together.By).ShouldBe(Enumerable.Range(1, 60).Select(alone.By));
        together.DayOf(85).ShouldBe(alone.DayOf(85));
    }

    [Fact]
    public void Work_that_arrives_as_fast_as_it_is_done_is_not_finished_within_the_horizon()
    {
        var sample = DailySample.Of([1, 2, 3, 2], arrived: [2, 3, 3, 2]);

        CoupledSimulation.Run([(sample, 10)], withArrivals: true, 500, 1).DayOf(50).ShouldBeNull();
        CoupledSimulation.Run([(sample, 10)], withArrivals: false, 500, 1).DayOf(50).ShouldBe(5);
    }

    private static IEnumerable<int> Totals(int[] sample, int days) =>
        days == 0 ? [0] : Totals(sample, days - 1).SelectMany(total => sample.Select(day => total + day));
}
