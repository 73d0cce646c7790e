using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;
using TsPmo.Testing.Builders;

namespace TsPmo.Model.Tests.Planning;

/// <summary>What must hold for any project, over a few hundred drawn ones.</summary>
public sealed class ScheduleBasisTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void Planned_value_never_falls_and_ends_at_the_budget(int seed)
    {
        var basis = Draw(seed).Schedule.Baselines.ShouldHaveSingleItem();
        var planned = basis.Planned.ShouldNotBeNull();

        planned.ByPeriod.ShouldBeInOrder();
        var baseline = basis.Baseline;
        planned.Total.ShouldBe(baseline.Items.Where(baseline.Counts).Sum(i => i.Weight));
        planned.AtEndOf(new DateOnly(2027, 1, 1)).ShouldBe(planned.Total);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_curve_of_planned_value_is_the_sum_of_the_shares_of_the_items(int seed)
    {
        var basis = Draw(seed).Schedule.Baselines.ShouldHaveSingleItem();
        var planned = basis.Planned.ShouldNotBeNull();
        for (var day = new DateOnly(2026, 1, 1); day < new DateOnly(2026, 4, 1); day = day.AddDays(1))
        {
            var sum = basis.Baseline.Items.Sum(i => i.Weight * planned.ShareOf(i, day));
            Math.Abs(planned.AtEndOf(day) - sum).ShouldBeLessThan(0.0000001m, $"{day}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_sweep_of_earned_value_is_the_sum_of_the_shares_of_the_items(int seed)
    {
        var basis = Draw(seed).Schedule.Baselines.ShouldHaveSingleItem();
        var earned = basis.Earned.ShouldNotBeNull();
        for (var day = 0; day < 90; day++)
        {
            var instant = Start.AddDays(day);
            var sum = basis.Baseline.Items.Sum(i => i.Weight * earned.ShareOf(i, instant));
            Math.Abs(earned.At(instant) - sum).ShouldBeLessThan(0.0000001m);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void After_completion_the_variance_in_time_stands_still_and_the_one_in_value_is_gone(int seed)
    {
        var basis = Draw(seed, finishesAll: true).Schedule;
        var end = basis.At(Start.AddDays(200)).ShouldNotBeNull();
        end.FinishedAt.ShouldNotBeNull();

        foreach (var day in new[] { 201, 202, 203, 250, 700 })
        {
            var later = basis.At(Start.AddDays(day)).ShouldNotBeNull();
            (later.EarnedSchedule - later.ActualTime).ShouldBe(end.EarnedSchedule - end.ActualTime);
            (later.Earned - later.Planned).ShouldBe(0);
            later.EarnedSchedule.ShouldBe(later.Duration);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_sweep_of_scope_is_the_sum_of_what_became_of_the_items(int seed)
    {
        var history = Draw(seed, movesScope: true);
        var basis = history.Schedule.Baselines.ShouldHaveSingleItem();
        for (var day = 0; day < 90; day++)
        {
            var instant = Start.AddDays(day);
            var difference = basis.Scope.At(instant);
            var parts = basis.Scope.Different(instant).Select(d => d.Part).ToArray();
            (difference.Added, difference.Removed, difference.Reestimated)
                .ShouldBe((parts.Sum(p => p.Added), parts.Sum(p => p.Removed), parts.Sum(p => p.Reestimated)));
            var current = history.Items.Where(i => i.IsInAt(instant) && i.Item.State.At(instant) != State.Removed).Sum(i => i.Item.Points.At(instant) ?? 0);
            (basis.Baseline.TotalWeight + difference.Added + difference.Reestimated - difference.Removed).ShouldBe(current);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Changing_something_to_what_it_is_changes_nothing(int seed) =>
        Curve(Draw(seed, withEmptyChanges: true)).ShouldBe(Curve(Draw(seed)));

    [Fact]
    public void A_summer_clock_moves_no_days()
    {
        var history = new HistoryBuilder { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich") };
        history.Project = history.Project with { Plan = new() { Start = new(2026, 3, 23), BaselineAt = new(2026, 3, 22, 23, 0, 0, TimeSpan.Zero) } };
        history.Item("1").With("plannedFinish", (DateOnly?)new DateOnly(2026, 4, 1)).With("points", (decimal?)3);

        var basis = history.Build().Schedule;

        basis.At(new(2026, 3, 30, 21, 59, 0, TimeSpan.Zero)).ShouldNotBeNull().ActualTime.ShouldBe(6);
        basis.At(new(2026, 3, 30, 22, 0, 0, TimeSpan.Zero)).ShouldNotBeNull().ActualTime.ShouldBe(7);
    }

    private static IEnumerable<string> Curve(ProjectHistory history) =>
        Enumerable.Range(0, 90).Select(d => history.Schedule.At(Start.AddDays(d))).Select(s => $"{s?.Planned} {s?.Earned} {s?.EarnedSchedule} {s?.ActualTime}");

    private static ProjectHistory Draw(int seed, bool finishesAll = false, bool withEmptyChanges = false, bool movesScope = false)
    {
        var draw = new Draws(seed);
        var history = new HistoryBuilder { Holidays = [new(2026, 1, 6), new(2026, 2, 14)] };
        history.Project = history.Project with { Methodology = (Methodology)draw.Next(4), Plan = history.Project.Plan with { Finish = new(2026, 3, 27) } };
        for (var i = 0; i < 12; i++)
        {
            var start = new DateOnly(2026, 1, 1).AddDays(draw.Next(40));
            var item = history.Item($"{i:00}")
                .With("points", (decimal?)(draw.Next(8) + 1))
                .With("plannedStart", (DateOnly?)start)
                .With("plannedFinish", draw.Next(4) == 0 && i % 3 == 0 ? null : (DateOnly?)start.AddDays(draw.Next(30)))
                .With("remainingHours", (decimal?)7);
            var begun = draw.Next(50);
            item.Change(Start.AddDays(begun), "state", State.InProgress)
                .Change(Start.AddDays(begun + 1), "completedWork", (decimal?)draw.Next(9))
                .Change(Start.AddDays(begun + 2), "remainingHours", (decimal?)draw.Next(9));
            if (finishesAll || draw.Next(3) > 0)
                item.Change(Start.AddDays(begun + 3 + draw.Next(20)), "state", State.Done);
            if (movesScope)
                MoveScope(item, draw);
            if (withEmptyChanges)
                item.Change(Start.AddDays(begun).AddHours(1), "state", State.InProgress).Change(Start.AddDays(begun + 1).AddHours(1), "parent", null);
        }

        return history.Build();
    }

    private static void MoveScope(ItemBuilder item, Draws draw)
    {
        if (draw.Next(3) == 0)
            item.Created = Start.AddDays(draw.Next(60));
        item.Change(Start.AddDays(draw.Next(90)), "points", (decimal?)draw.Next(9))
            .Change(Start.AddDays(draw.Next(90)), "deleted", draw.Next(2) == 0)
            .Change(Start.AddDays(draw.Next(90)), "inScope", draw.Next(2) == 0)
            .Change(Start.AddDays(draw.Next(90)), "state", draw.Next(2) == 0 ? State.Removed : State.InProgress);
    }
}
