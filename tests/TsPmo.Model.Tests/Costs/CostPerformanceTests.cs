using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Costs;

namespace TsPmo.Model.Tests.Costs;

/// <summary>Identities of earned value management: they hold for any project that has planned, earned and spent something.</summary>
public sealed class CostPerformanceTests
{
    private const decimal Tolerance = 0.000000001m;

    [Fact]
    public void What_is_to_go_and_what_is_spent_make_the_estimate() => Holds(p => Same(p.ToGo + p.Actual, p.AtCostIndex));

    [Fact]
    public void The_variance_and_the_estimate_make_the_budget() => Holds(p => Same(p.VarianceAtCompletion + p.AtCostIndex, p.Budget));

    [Fact]
    public void The_budget_by_the_index_is_what_is_spent_and_the_rest_by_the_index() =>
        Holds(p => Same(p.Budget / p.Index, p.AtCostIndex) && Same(p.Actual + (p.Budget - p.Earned) / p.Index, p.AtCostIndex));

    [Fact]
    public void Keeping_the_estimate_asks_for_the_index_there_has_been() =>
        Holds(p => p.Earned >= p.Budget ? p.ToCompleteWithinEstimate == 0 : Same(p.ToCompleteWithinEstimate, p.Index));

    [Fact]
    public void Both_indices_are_the_same_exactly_where_cost_is_what_was_planned() =>
        Holds(p => p.Index == p.ScheduleIndex == (p.Actual == p.Planned) && (p with { Actual = p.Planned }).Index == p.ScheduleIndex);

    [Fact]
    public void Without_a_delay_both_indices_estimate_what_the_one_does() =>
        Holds(p => (p with { Planned = p.Earned }) is var onTime && Same(onTime.AtBothIndices, onTime.AtCostIndex));

    [Fact]
    public void Nothing_earned_leaves_only_the_estimate_at_the_budgeted_rate()
    {
        var nothing = new CostPerformance(2000, 500, 0, 320);

        nothing.Index.ShouldBe(0);
        nothing.AtBudgetRate.ShouldBe(2320);
        nothing.ToCompleteWithinBudget.ShouldBe(2000m / 1680);
        new[] { nothing.AtCostIndex, nothing.AtBothIndices, nothing.ToGo, nothing.VarianceAtCompletion, nothing.ToCompleteWithinEstimate }.ShouldAllBe(v => v == null);
    }

    [Fact]
    public void Nothing_spent_and_nothing_planned_have_no_index()
    {
        var free = new CostPerformance(2000, 0, 500, 0);

        new[] { free.Index, free.ScheduleIndex, free.AtCostIndex, free.AtBothIndices }.ShouldAllBe(v => v == null);
        free.Variance.ShouldBe(500);
    }

    [Fact]
    public void A_spent_budget_cannot_be_kept_unless_nothing_is_left()
    {
        new CostPerformance(2000, 2000, 1900, 2000).ToCompleteWithinBudget.ShouldBeNull();
        new CostPerformance(2000, 2000, 2000, 2600).ToCompleteWithinBudget.ShouldBe(0);
        new CostPerformance(2000, 2000, 2000, 2600).ToCompleteWithinEstimate.ShouldBe(0);
    }

    private static void Holds(Func<CostPerformance, bool> law)
    {
        var amount = Gen.Choose(1, 1_000_000).Select(cents => cents / 100m);
        var some = Gen.Zip(Gen.Zip(amount, amount), Gen.Zip(amount, amount))
            .Select(d => new CostPerformance(Math.Max(d.Item1.Item1, Math.Max(d.Item1.Item2, d.Item2.Item1)), d.Item1.Item2, d.Item2.Item1, d.Item2.Item2));
        Prop.ForAll(some.ToArbitrary(), law).QuickCheckThrowOnFailure();
    }

    private static bool Same(decimal? left, decimal? right) => left is { } l && right is { } r && Math.Abs(l - r) <= Tolerance * Math.Max(1, Math.Abs(r));
}
