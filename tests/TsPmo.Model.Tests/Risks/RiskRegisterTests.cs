using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Risks;
using TsPmo.Model.Work;
using TsPmo.Testing.Builders;

namespace TsPmo.Model.Tests.Risks;

public sealed class RiskRegisterTests
{
    /// <summary>Wednesday.</summary>
    private static readonly DateTimeOffset AsOf = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly HistoryBuilder _history = new();

    [Fact]
    public void A_blocked_item_is_a_risk_from_the_block_on_and_grave_after_five_working_days()
    {
        Item("1").Change(Day(-2), "blocked", true);
        Item("2").Change(Day(-9), "blocked", true).Change(Day(-8.5), "blocked", false).Change(Day(-8), "blocked", true);
        Item("3").Change(Day(-9), "blocked", true);
        Item("4").Change(Day(-2), "blocked", true).Change(Day(-1), "blocked", false);

        var risks = Register();

        risks.Select(r => (r.Id, r.Kind, r.Band, r.RaisedAt)).ShouldBe(
        [
            ("signal/tracker:2", "Blocked", Band.Red, Day(-8)), ("signal/tracker:3", "Blocked", Band.Red, Day(-9)), ("signal/tracker:1", "Blocked", Band.Amber, Day(-2)),
        ]);
        risks[2].Title.ShouldBe("KEY-1: blocked for 2 working days");
        risks.ShouldAllBe(r => r.Status == RiskStatus.Proposed && r.Score == null);
    }

    [Fact]
    public void Work_in_progress_that_nobody_touches_is_stale_unless_it_is_blocked()
    {
        Item("1").With("state", State.InProgress).Change(Day(-9), "points", 3m);
        Item("2").With("state", State.InProgress).Change(Day(-7), "points", 3m);
        Item("3").With("state", State.InProgress).Change(Day(-9), "blocked", true);
        Item("4");

        var stale = Register().Single(r => r.Kind == "Stale");

        // Touched on Monday 23 February; the sixth working day after it is Tuesday 3 March.
        (stale.Id, stale.RaisedAt).ShouldBe(("signal/tracker:1", new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void How_long_work_may_rest_follows_from_how_long_it_usually_stays_in_its_status()
    {
        for (var i = 0; i < 3; i++)
            Item($"done{i}").With("status", "Open").Change(Day(-40), "state", State.InProgress).Change(Day(-40), "status", "Review").Change(Day(-19), "status", "Closed").Change(Day(-19), "state", State.Done);
        Item("1").With("state", State.InProgress).With("status", "Review").Change(Day(-9), "points", 3m);

        Register().ShouldNotContain(r => r.Kind == "Stale");
    }

    [Fact]
    public void A_due_day_that_has_passed_is_overdue_from_the_next_day_on()
    {
        Item("1").With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 3));
        Item("2").With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 4));
        Item("3").With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 3)).Change(Day(-5), "state", State.Done);

        var risk = Register().ShouldHaveSingleItem();

        (risk.Kind, risk.Band, risk.RaisedAt).ShouldBe(("Overdue", Band.Red, new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero)));
        Register(AsOf.AddDays(-1)).ShouldBeEmpty();
    }

    [Fact]
    public void A_due_day_that_moves_twice_after_the_baseline_is_doubtful()
    {
        var far = new DateOnly(2026, 6, 1);
        Item("1").With("plannedFinish", (DateOnly?)far).Change(Day(-6), "plannedFinish", (DateOnly?)far.AddDays(7)).Change(Day(-3), "plannedFinish", (DateOnly?)far.AddDays(9));
        Item("2").With("plannedFinish", null).Change(Day(-6), "plannedFinish", (DateOnly?)far.AddDays(7)).Change(Day(-3), "plannedFinish", (DateOnly?)far.AddDays(9));
        Item("3").With("plannedFinish", (DateOnly?)far).Change(new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), "plannedFinish", (DateOnly?)far.AddDays(7)).Change(Day(-3), "plannedFinish", (DateOnly?)far);

        var risk = Register().ShouldHaveSingleItem();

        (risk.Id, risk.Kind, risk.RaisedAt).ShouldBe(("signal/tracker:1", "DateChurn", Day(-3)));
    }

    [Fact]
    public void What_committed_work_lacks_is_one_risk_an_item()
    {
        _history.Sprint("S", Day(-2), Day(12));
        Bare("1").Change(Day(-1), "sprints", new[] { "S" });
        Bare("2");
        Bare("3").Change(Day(-4), "state", State.InProgress);

        var risks = Register();

        risks.Select(r => (r.Id, r.Title, r.RaisedAt)).ShouldBe(
        [
            ("signal/tracker:1", "KEY-1: committed without an estimate; committed without an owner", Day(-1)),
            ("signal/tracker:3", "KEY-3: committed without an estimate; committed without a date; committed without an owner", Day(-4)),
        ]);
    }

    [Fact]
    public void Signals_of_parts_belong_to_what_they_are_parts_of()
    {
        Item("story");
        Item("sub").With("kind", WorkItemKind.Subtask).With("parent", "story").Change(Day(-2), "blocked", true);
        Item("other").With("parent", "story").Change(Day(-2), "blocked", true);
        Item("feature").With("kind", WorkItemKind.Feature).With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 1));
        Item("below").With("parent", "feature").Change(Day(-3), "blocked", true);

        var risks = Register();

        risks.Select(r => r.Id).ShouldBe(["signal/tracker:feature", "signal/tracker:other", "signal/tracker:story"]);
        risks[0].Sources.ShouldBe(["tracker:below", "tracker:feature"]);
        risks[0].Title.ShouldBe("KEY-feature: KEY-below blocked for 3 working days; due on 2026-03-01 and not done");
        risks[2].Title.ShouldBe("KEY-story: KEY-sub blocked for 2 working days");
    }

    [Fact]
    public void What_waits_for_an_item_of_another_tool_that_is_planned_to_end_after_its_start_is_a_risk()
    {
        Item("after").With("plannedStart", (DateOnly?)new DateOnly(2026, 3, 20));
        Item("late", "other").With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 20)).Change(Day(-3), "plannedFinish", (DateOnly?)new DateOnly(2026, 3, 21));
        Item("early", "other").With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 20));
        Item("same").With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 21));
        _history.Blocks("late", "after", "other").Blocks("early", "after", "other").Blocks("same", "after");

        var risk = Register().ShouldHaveSingleItem();

        (risk.Id, risk.Kind, risk.RaisedAt).ShouldBe(("signal/tracker:after", "CrossToolDependency", Day(-3)));
        risk.Title.ShouldBe("KEY-after: needs KEY-late, planned for 2026-03-21, after its own start on 2026-03-20");
    }

    [Fact]
    public void Where_the_speed_of_the_other_team_is_known_its_likely_finish_counts_and_not_its_plan()
    {
        for (var i = 0; i < 90; i++)
            Item($"done{i}", "other").With("state", State.InProgress).Change(Day(-i - 1), "state", State.Done);
        Item("before", "other").With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 1));
        Item("soon").With("plannedStart", (DateOnly?)new DateOnly(2026, 3, 4));
        Item("later").With("plannedStart", (DateOnly?)new DateOnly(2026, 3, 5));
        _history.Blocks("before", "soon", "other").Blocks("before", "later", "other");

        // The other team finishes something every day, so on Thursday 5 March.
        var risk = Register().Single(r => r.Kind == "CrossToolDependency");

        (risk.Id, risk.Title).ShouldBe(("signal/tracker:soon", "KEY-soon: needs KEY-before, likely by 2026-03-05, after its own start on 2026-03-04"));
    }

    [Fact]
    public void Work_that_goes_on_while_something_else_has_to_be_done_first_is_blocked_and_work_that_waits_for_its_turn_is_not()
    {
        Item("1").Change(Day(-2), "state", State.InProgress);
        Item("2").Change(Day(-9), "state", State.InProgress);
        Item("3");
        Item("4").Change(Day(-2), "state", State.InProgress);
        Item("open");
        Item("done").Change(Day(-1), "state", State.Done);
        _history.Blocks("open", "1").Blocks("open", "2").Blocks("open", "3").Blocks("done", "4");

        Register().Select(r => (r.Title, r.Kind, r.Band, r.RaisedAt)).ShouldBe(
        [
            ("KEY-2: held up by KEY-open for 7 working days", "Blocked", Band.Red, Day(-9)), ("KEY-1: held up by KEY-open for 2 working days", "Blocked", Band.Amber, Day(-2)),
        ]);
    }

    [Fact]
    public void Work_that_is_older_than_most_of_its_kind_became_is_a_risk_from_that_day_on()
    {
        foreach (var (day, i) in new[] { -28, -28, -28, -26, -22 }.Select((d, i) => (d, i)))
            Item($"done{i}").Change(Day(-30), "state", State.InProgress).Change(Day(day), "state", State.Done);
        Item("1").Change(Day(-5), "state", State.InProgress);
        Item("2").Change(Day(-9), "state", State.InProgress);
        Item("3").Change(Day(-4), "state", State.InProgress);

        // They took 3, 3, 3, 5 and 9 days: 70 % at most 5, 85 % at most 9.
        Register().Select(r => (r.Id, r.Kind, r.Band)).ShouldBe([("signal/tracker:2", "AgeingWip", Band.Red), ("signal/tracker:1", "AgeingWip", Band.Amber)]);
        var young = Register().Single(r => r.Id == "signal/tracker:1");
        (young.Title, young.RaisedAt).ShouldBe(("KEY-1: in progress for 6 days, 5 being usual", new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Nothing_is_old_where_too_little_was_finished_to_tell_what_is_usual()
    {
        for (var i = 0; i < 4; i++)
            Item($"done{i}").Change(Day(-30), "state", State.InProgress).Change(Day(-28), "state", State.Done);
        Item("1").Change(Day(-5), "state", State.InProgress);

        Register().ShouldBeEmpty();
    }

    [Fact]
    public void A_proposal_goes_with_its_signal_and_an_accepted_one_closes()
    {
        Item("1").Change(Day(-5), "blocked", true).Change(Day(-1), "blocked", false);
        _history.Decision(Said("signal/tracker:1", -4, RiskStatus.Accepted) with { Title = "the test laboratory is closed", Probability = 0.5m, Impact = 0.4m });

        Register(Day(-4.5)).ShouldHaveSingleItem().Status.ShouldBe(RiskStatus.Proposed);
        var accepted = Register(Day(-3)).ShouldHaveSingleItem();
        (accepted.Status, accepted.Score, accepted.Band).ShouldBe((RiskStatus.Accepted, 0.2m, Band.Red));
        var closed = Register().ShouldHaveSingleItem();
        (closed.Status, closed.Title, closed.IsOpen).ShouldBe((RiskStatus.Closed, "the test laboratory is closed", false));
    }

    [Fact]
    public void A_dismissed_proposal_stays_so_until_its_signal_goes_and_returns()
    {
        Item("1").Change(Day(-9), "blocked", true).Change(Day(-5), "blocked", false).Change(Day(-2), "blocked", true);
        _history.Decision(Said("signal/tracker:1", -8, RiskStatus.Dismissed));

        Register(Day(-6)).ShouldHaveSingleItem().Status.ShouldBe(RiskStatus.Dismissed);
        Register(Day(-4)).ShouldBeEmpty();
        Register().ShouldHaveSingleItem().Status.ShouldBe(RiskStatus.Proposed);
    }

    [Fact]
    public void Items_of_the_kind_risk_are_the_register_and_close_when_they_are_done()
    {
        Item("1").With("kind", WorkItemKind.Risk).With("plannedFinish", (DateOnly?)new DateOnly(2026, 3, 1)).With("assignee", "ada");
        Item("2").With("kind", WorkItemKind.Risk).Change(Day(-1), "state", State.Done);

        var risks = Register();

        risks.Select(r => (r.Id, r.Kind, r.Status, r.Owner)).ShouldBe(
            [("tracker:1", "Register", RiskStatus.Accepted, new SourceId("tracker", "ada")), ("tracker:2", "Register", RiskStatus.Closed, new SourceId("tracker", "bob"))]);
    }

    [Fact]
    public void Other_metrics_give_signals_of_the_whole_project()
    {
        MetricResult Said(string metric, decimal value, Band? band, string? subject = null) =>
            new Figure(new(metric, metric + ": words", "ratio"), "m").Known(AsOf, value, n: 9) with { Band = band, Subject = subject };
        var results = new ResultSet(
        [
            Said("schedule.finishProbability", 0.6m, Band.Amber), Said("schedule.scopeGrowth", 0.05m, Band.Green),
            Said("schedule.spit", 1.2m, Band.Green) with { Findings = [new("SuspiciousIndex", 0, "")] },
            Said("resource.allocation", 1.3m, Band.Red, "ada"), Said("resource.allocation", 1.05m, Band.Amber, "ada"), Said("resource.allocation", 0.4m, Band.Amber, "bob"),
        ]);

        var risks = new RiskRegister(_history.Build()).At(AsOf, results, kind => kind == "ForecastMiss" ? Day(-20) : Day(-1));

        risks.Select(r => (r.Id, r.Band, r.RaisedAt, Source: r.Sources[0])).ShouldBe(
        [
            ("signal/OverAllocation", Band.Red, Day(-1), "resource.allocation"), ("signal/ForecastMiss", Band.Amber, Day(-20), "schedule.finishProbability"), ("signal/PlanQuality", Band.Amber, Day(-1), "schedule.spit"),
        ]);
        risks[0].Title.ShouldBe("1 person has more work than time in a week");
    }

    [Theory]
    [InlineData(1.1, 0.5)]
    [InlineData(0.5, -0.1)]
    public void What_is_no_probability_has_no_score(double probability, double impact) =>
        Should.Throw<ArgumentOutOfRangeException>(() => RiskScore.Of((decimal)probability, (decimal)impact));

    private static RiskDecision Said(string risk, double day, RiskStatus status) => new(risk, Day(day), "ada", status, "because");

    /// <summary>An item that lacks nothing.</summary>
    private ItemBuilder Item(string id, string connector = "tracker") => _history.Item(id, connector).With("points", 3m).With("assignee", "bob").With("plannedFinish", (DateOnly?)new DateOnly(2026, 12, 1));

    private ItemBuilder Bare(string id) => _history.Item(id);

    private IReadOnlyList<Risk> Register(DateTimeOffset? asOf = null) => new RiskRegister(_history.Build()).At(asOf ?? AsOf, ResultSet.Empty, _ => AsOf);

    private static DateTimeOffset Day(double offset) => AsOf.AddDays(offset);
}
