using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.History;
using TsPmo.Model.Sprints;
using TsPmo.Model.Work;
using TsPmo.Testing.Builders;

namespace TsPmo.Model.Tests.Sprints;

/// <summary>What must hold for the sprints of any project, over drawn histories.</summary>
public sealed class SprintBasisTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20260302, 11);
    private static readonly Arbitrary<int> Seeds = Gen.Choose(1, 1_000_000).ToArbitrary();

    [Fact]
    public void What_was_committed_and_came_and_went_is_what_remains() => Check.One(Fixed, Prop.ForAll(Seeds, seed =>
    {
        foreach (var truth in Truths(new DrawnHistory(seed).Build()))
        {
            Balance(truth.Points);
            Balance(truth.Items);
            truth.Items.Reestimated.ShouldBe(0);
            truth.Points.CommittedCompleted.ShouldBeLessThanOrEqualTo(truth.Points.Committed);
            (truth.Items.CommittedCompleted + truth.Items.CommittedCarried).ShouldBeLessThanOrEqualTo(truth.Items.Committed);
        }
    }));

    [Fact]
    public void What_is_committed_and_what_remains_is_what_was_open_in_the_sprint_then() => Check.One(Fixed, Prop.ForAll(Seeds, seed =>
    {
        var history = new DrawnHistory(seed).Build();
        foreach (var truth in Truths(history))
        {
            truth.Items.Committed.ShouldBe(OpenIn(history, truth, truth.Span.BeforeStart).Count());
            truth.Items.Remaining.ShouldBe(OpenIn(history, truth, truth.Span.Last).Count());
            truth.Points.Committed.ShouldBe(OpenIn(history, truth, truth.Span.BeforeStart).Sum(i => i.Points.At(truth.Span.BeforeStart) ?? 0));
            truth.Points.Remaining.ShouldBe(OpenIn(history, truth, truth.Span.Last).Sum(i => i.Points.At(truth.Span.Last) ?? 0));
        }
    }));

    [Fact]
    public void A_closed_sprint_is_told_the_same_whenever_it_is_asked_for() => Check.One(Fixed, Prop.ForAll(Seeds, seed =>
    {
        var (once, again) = (new DrawnHistory(seed).Build(), new DrawnHistory(seed).Build());
        var late = once.SprintTruths.At(DrawnHistory.Start.AddDays(200)).Where(t => t.Span.IsClosed).ToDictionary(t => t.Sprint.Id);
        foreach (var early in again.SprintTruths.At(DrawnHistory.Start.AddDays(80)).Where(t => t.Span.IsClosed))
            (early.Points, early.Items, early.Span).ShouldBe((late[early.Sprint.Id].Points, late[early.Sprint.Id].Items, late[early.Sprint.Id].Span));
    }));

    private static IEnumerable<SprintTruth> Truths(ProjectHistory history) =>
        new[] { 20, 55, 90, 160 }.SelectMany(day => history.SprintTruths.At(DrawnHistory.Start.AddDays(day)));

    private static void Balance(SprintSums sums) =>
        (sums.Committed + sums.Added + sums.Reestimated - sums.Removed - sums.Completed).ShouldBe(sums.Remaining);

    private static IEnumerable<ItemHistory> OpenIn(ProjectHistory history, SprintTruth truth, DateTimeOffset at) => history.Items
        .Where(i => i.Item.Id.Connector == truth.Sprint.Id.Connector && i.IsInAt(at) && i.Item.State.At(at) is State.ToDo or State.InProgress && i.Item.Sprints.At(at).Contains(truth.Sprint.Id.Id))
        .Select(i => i.Item);
}
