using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;
using TsPmo.Testing.Builders;

namespace TsPmo.Model.Tests.Planning;

/// <summary>A plan that was taken anew: which baseline holds when, and what is said of the first one.</summary>
public sealed class RebaselineTests
{
    private static readonly DateTimeOffset Anew = new(2026, 1, 19, 8, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleFigure Variance = new(new MetricDefinition("x", "x", "working days") { Form = new(1) { IsSigned = true } }, "x", ScheduleEvidence.All);

    [Fact]
    public void An_instant_is_measured_against_the_baseline_that_was_in_force_then()
    {
        var history = WithCaptured();

        history.Schedule.At(Anew.AddTicks(-1)).ShouldNotBeNull().Duration.ShouldBe(10);
        history.Schedule.At(Anew).ShouldNotBeNull().Duration.ShouldBe(20);
        history.Schedule.Current(Anew.AddYears(-2)).ShouldBeNull();
    }

    [Fact]
    public void What_an_earlier_instant_gave_stays_what_it_was() =>
        Result(WithCaptured(), Anew.AddHours(-1)).ShouldBe(Result(History().Build(), Anew.AddHours(-1)));

    [Fact]
    public void Beside_the_baseline_in_force_stands_the_figure_against_the_first_with_who_approved_the_change_and_why()
    {
        var result = Figure(WithCaptured(), new(2026, 1, 21, 12, 0, 0, TimeSpan.Zero));

        result.Baseline.ShouldBe("PRJ@2026-01-19T08:00:00.000Z");
        result.ShouldBeOfType<Measurement>().Number.ShouldBe(6);
        result.Inputs.Single(i => i.Name == "against the original baseline PRJ@2026-01-05T00:00:00Z").Value.ShouldBe("-4 working days");
        var remark = result.Findings.Single(f => f.Name == "Rebaselined");
        remark.AffectedShare.ShouldBe(0);
        remark.Text.ShouldContain("baseline 2");
        remark.Text.ShouldContain("Grace");
        remark.Text.ShouldContain("The customer moved the date.");
    }

    [Fact]
    public void What_was_earned_under_the_first_baseline_stays_earned_what_was_removed_goes_and_what_was_added_comes()
    {
        var history = History();
        history.Item("C").With("points", (decimal?)3).With("plannedFinish", (DateOnly?)new DateOnly(2026, 1, 16)).Change(Anew.AddDays(-1), "state", State.Removed);
        history.Item("D").With("points", (decimal?)2).With("plannedFinish", (DateOnly?)new DateOnly(2026, 1, 23)).Created = Anew.AddDays(-1);
        history.Item("E").With("points", (decimal?)8).Change(new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero), "state", State.Done);
        var captured = BaselineRebuild.Captured(history.Build(), Anew, "why", "Grace");
        history.Baselines = [captured];

        captured.Items.Select(i => (i.Id.Id, i.Weight, i.Finish)).ShouldBe([("A", 5m, new DateOnly(2026, 1, 9)), ("B", 5m, new DateOnly(2026, 1, 30)), ("D", 2m, new DateOnly(2026, 1, 23))]);
        history.Build().Schedule.At(Anew).ShouldNotBeNull().Earned.ShouldBe(5);
    }

    [Fact]
    public void A_single_baseline_needs_no_remark()
    {
        var result = Figure(History().Build(), new(2026, 1, 21, 12, 0, 0, TimeSpan.Zero));

        result.Findings.ShouldBeEmpty();
        result.Inputs.ShouldAllBe(i => !i.Name.StartsWith("against", StringComparison.Ordinal));
    }

    private static MetricResult Figure(ProjectHistory history, DateTimeOffset asOf) =>
        Variance.Series(history, [asOf], s => FigureAnswer.Of(s.EarnedSchedule - s.ActualTime)).Single();

    private static string Result(ProjectHistory history, DateTimeOffset asOf) =>
        Figure(history, asOf) is var r ? $"{(r as Measurement)?.Number} {r.Baseline} {string.Join('|', r.Inputs)} {string.Join('|', r.Findings)}" : "";

    private static ProjectHistory WithCaptured()
    {
        var history = History();
        history.Baselines = [BaselineRebuild.Captured(history.Build(), Anew, "The customer moved the date.", "Grace")];
        return history.Build();
    }

    /// <summary>A was done on 8 January, B moves from 16 to 30 January on the 16th.</summary>
    private static HistoryBuilder History()
    {
        var history = new HistoryBuilder();
        history.Item("A").With("points", (decimal?)5).With("plannedFinish", (DateOnly?)new DateOnly(2026, 1, 9)).Change(new(2026, 1, 8, 12, 0, 0, TimeSpan.Zero), "state", State.Done);
        history.Item("B").With("points", (decimal?)5).With("plannedFinish", (DateOnly?)new DateOnly(2026, 1, 16)).Change(new(2026, 1, 16, 12, 0, 0, TimeSpan.Zero), "plannedFinish", (DateOnly?)new DateOnly(2026, 1, 30));
        return history;
    }
}
