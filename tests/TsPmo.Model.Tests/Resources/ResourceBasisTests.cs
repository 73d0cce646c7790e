using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Governance;
using TsPmo.Model.Work;
using TsPmo.Testing.Builders;

namespace TsPmo.Model.Tests.Resources;

public sealed class ResourceBasisTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 2, 18, 15, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Monday = new(2026, 1, 5);

    [Fact]
    public void No_hour_of_open_work_is_lost_or_made()
    {
        var work = from hours in Gen.Choose(0, 400)
                   from start in Maybe(-20, 200)
                   from length in Maybe(-5, 120)
                   from owner in Gen.Elements("ada", "bob", null)
                   select (Hours: hours / 4m, Start: start, Length: length, Owner: owner);
        Prop.ForAll(Gen.ListOf(work).ToArbitrary(), list =>
        {
            var history = new HistoryBuilder();
            foreach (var (w, i) in list.Select((w, i) => (w, i)))
            {
                history.Item($"{i:000}").With("assignee", w.Owner).With("remainingHours", (decimal?)w.Hours)
                    .With("plannedStart", w.Start is { } s ? Monday.AddDays(s) : (DateOnly?)null)
                    .With("plannedFinish", w.Length is { } l ? Monday.AddDays((w.Start ?? 0) + l) : (DateOnly?)null);
            }

            var status = history.Build().Resources.At(AsOf);
            var placed = status.Weeks.Concat(status.Unassigned).Sum(w => w.Load);
            Math.Abs(placed + status.LaterHours + status.UndatedHours - list.Sum(w => w.Hours)).ShouldBeLessThan(0.0000001m);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(1, 1));
    }

    private static Gen<int?> Maybe(int low, int high) => Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(low, high).Select(n => (int?)n));

    [Fact]
    public void A_reassignment_moves_the_work_from_its_instant_on()
    {
        var history = new HistoryBuilder();
        history.Item("A").With("assignee", "ada").With("remainingHours", 8m).With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 6)).Change(AsOf, "assignee", "bob");

        var built = history.Build();

        built.Resources.At(AsOf.AddTicks(-1)).Weeks.Select(w => w.Person).Distinct().ShouldBe(["tracker:ada"]);
        built.Resources.At(AsOf).Weeks.Select(w => w.Person).Distinct().ShouldBe(["tracker:bob"]);
    }

    [Fact]
    public void An_item_is_work_of_its_own_until_a_part_of_it_carries_hours()
    {
        var history = new HistoryBuilder();
        history.Item("P").With("estimateHours", 16m).With("plannedFinish", (DateOnly?)new DateOnly(2026, 2, 20));
        history.Item("P1").With("kind", WorkItemKind.Subtask).With("parent", "P").With("plannedFinish", (DateOnly?)new DateOnly(2026, 2, 20)).Change(AsOf, "remainingHours", 5m);

        var built = history.Build();

        built.Resources.At(AsOf.AddTicks(-1)).Unassigned.Sum(w => w.Load).ShouldBe(16);
        built.Resources.At(AsOf).Unassigned.Sum(w => w.Load).ShouldBe(5);
    }

    [Fact]
    public void On_a_day_off_that_is_also_a_holiday_the_hours_are_lost_once()
    {
        var history = new HistoryBuilder { Holidays = [new(2026, 2, 19)], People = [new PersonDefinition("ada", [new("tracker", "a")], null, 6) { Absences = [new(new(2026, 2, 19), new(2026, 2, 19))] }] };
        history.Item("A").With("assignee", "a").With("remainingHours", 1m).With("plannedFinish", (DateOnly?)new DateOnly(2026, 2, 20));

        history.Build().Resources.At(AsOf).Weeks[0].Capacity.ShouldBe(12);
    }
}
