using TsPmo.Model.Calendar;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>Figures of portfolios, worked out by hand from what their projects said.</summary>
public sealed class PortfolioTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<IPortfolioMetric> Metrics = PluginCatalog.Scan().PortfolioMetrics;

    public static TheoryData<string> Names => [.. Metrics.Select(m => m.GetType().Name)];

    [Fact]
    public void Ratios_are_sums_over_sums_and_never_means_of_ratios()
    {
        var results = Measure(
            Project("A", Said("schedule.ev", 40, "points"), Said("schedule.pv", 50, "points"), Said("cost.ac", 100, "CHF"), Said("cost.cv", -20, "CHF"), Said("schedule.finishProbability", 0.9m)),
            Project("B", Said("schedule.ev", 30, "points"), Said("schedule.pv", 20, "points"), Said("cost.ac", 50, "CHF"), Said("cost.cv", 10, "CHF"), Said("schedule.finishProbability", 0.8m)));

        Value(results, "schedule.spi").ShouldBe(1);
        Value(results, "schedule.ev").ShouldBe(70);
        Value(results, "cost.cpi").ShouldBe(140m / 150);
        Value(results, "cost.ac").ShouldBe(150);
        Of(results, "cost.ac").Metric.Unit.ShouldBe("CHF");
        Value(results, "schedule.finishProbability").ShouldBe(0.72m);
        Of(results, "schedule.spi").Inputs.ShouldContain(new MetricInput("A", "schedule.ev 40 points; schedule.pv 50 points"));
    }

    [Fact]
    public void Different_units_are_not_added()
    {
        var results = Measure(Project("A", Said("schedule.ev", 40, "points"), Said("schedule.pv", 50, "points")), Project("B", Said("schedule.ev", 30, "hours"), Said("schedule.pv", 20, "hours")));

        foreach (var metric in new[] { "schedule.ev", "schedule.spi" })
            Of(results, metric).ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.MixedUnits);
        Of(results, "rag.schedule").Band.ShouldBe(Band.Grey);
        Of(results, "flow.wip").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.NoData);
    }

    [Fact]
    public void A_project_without_the_figure_lowers_the_confidence_of_the_sum()
    {
        var results = Measure(Project("A", Said("flow.wip", 7, "items"), Said("schedule.ev", 1, "points"), Said("schedule.pv", 0, "points")), Project("B"), Project("C", Said("flow.wip", 2, "items")));

        var wip = Of(results, "flow.wip");
        ((wip as Measurement)?.Number, wip.N, wip.Confidence, wip.Quality.ShouldHaveSingleItem()).ShouldBe((9, 2, 0.67m, "ProjectsMissing"));
        Of(results, "schedule.spi").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.ZeroDenominator);
    }

    [Theory]
    [InlineData(95, Band.Green, "amber: schedule green, cost not known; 1 of 2 projects red")]
    [InlineData(94, Band.Amber, "amber: schedule amber, cost not known; 1 of 2 projects red")]
    [InlineData(89, Band.Red, "red: schedule red, cost not known; 1 of 2 projects red")]
    public void A_portfolios_colour_comes_from_its_sums_beside_the_count_of_red_projects(int earned, Band schedule, string overall)
    {
        var red = TrafficLight.Result(new(TrafficLight.Define("rag.overall", "light"), "m"), AsOf, Band.Red, "late", 1);
        var results = Measure(Project("A", Said("schedule.ev", earned, "points"), Said("schedule.pv", 100, "points"), red), Project("B"));

        Of(results, "rag.schedule").Band.ShouldBe(schedule);
        Of(results, "rag.cost").Band.ShouldBe(Band.Grey);
        Of(results, "rag.overall").ShouldBeOfType<Measurement>().Text.ShouldBe(overall);
    }

    [Fact]
    public void Who_gives_most_for_the_wait_comes_first()
    {
        var results = Measure(
            Costing("A", 10_000, "CHF", Finish("p50", 28), Finish("p85", 42)), Costing("B", 6_000, "CHF", Finish("p50", 14)), Costing("C", 1, "CHF", Finish("p50", -3)),
            Costing("D", 5_000, "CHF"), Costing("E", null, null, Finish("p50", 7)));

        Score("A").ShouldBe(2_500);
        Score("B").ShouldBe(3_000);
        Of(results, "portfolio.wsjf", "C").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.ZeroDenominator);
        Of(results, "portfolio.wsjf", "D").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.NoData);
        Of(results, "portfolio.wsjf", "E").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.NotConfigured);
        Of(results, "portfolio.wsjf").Inputs.Select(i => i.Value).ShouldBe(["C", "B", "A"]);
        Of(results, "portfolio.wsjf", "B").Inputs.ShouldContain(new MetricInput("rank", "2 of 3"));
        Value(results, "portfolio.costOfDelay").ShouldBe(21_001);
        // Planned for 25 March, likely by 15 April: three weeks.
        Of(results, "portfolio.costOfDelay", "A").Inputs.ShouldContain(new MetricInput("cost of that slip", "30000 CHF"));

        decimal? Score(string project) => (Of(results, "portfolio.wsjf", project) as Measurement)?.Number;
    }

    [Fact]
    public void Delays_in_different_currencies_are_not_added() =>
        Of(Measure(Costing("A", 10_000, "CHF"), Costing("B", 6_000, "EUR")), "portfolio.costOfDelay").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.MixedUnits);

    [Fact]
    public void What_waits_is_begun_in_its_rank_and_delayed_where_people_have_no_time()
    {
        ProjectResults[] projects =
        [
            Later(Costing("A", 10_000, "CHF", Finish("p50", 28))), Later(Costing("B", 6_000, "CHF", Finish("p50", 14))),
            Later(Costing("C", 90_000, "CHF", Finish("p50", 14), Week("resource.load", "ada", 20), Week("resource.capacity", "ada", 30))), Costing("D", 90_000, "CHF", Finish("p50", 14), Week("resource.load", "ada", 11)),
        ];

        var advice = Advice.Of(Portfolio(projects), Portfolio(projects));

        advice.Select(a => (a.Project, a.Kind)).ShouldBe([("B", AdviceKind.Start), ("C", AdviceKind.Delay)]);
        advice[0].Reasons[0].ShouldContain("3000 per week");
    }

    [Fact]
    public void A_project_beyond_reach_is_a_candidate_for_ending_only_after_two_periods()
    {
        ProjectResults hopeless = Project("A", Said("cost.tcpi.bac", 1.21m), Said("schedule.finishProbability", 0.04m)), better = Project("A", Said("cost.tcpi.bac", 1.20m), Said("schedule.finishProbability", 0.04m));

        Advice.Of(Portfolio(hopeless), Portfolio(hopeless)).ShouldHaveSingleItem().Kind.ShouldBe(AdviceKind.StopCandidate);
        Advice.Of(Portfolio(hopeless), Portfolio(better)).ShouldBeEmpty();
        Advice.Of(Portfolio(better), Portfolio(hopeless)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(30_001, "CHF", AdviceKind.StopCandidate)]
    [InlineData(30_000, "CHF", null)]
    [InlineData(30_001, "hours", null)]
    public void A_project_that_costs_more_than_finishing_is_worth_is_a_candidate_for_ending(int left, string unit, AdviceKind? kind)
    {
        // Finished at even odds on 18 March, of use until 8 April: three weeks of 10,000.
        var project = Costing("A", 10_000, "CHF", Finish("p50", 14), Said("cost.etc", left, unit));
        project = project with { Project = project.Project with { Plan = project.Project.Plan with { UsefulUntil = new(2026, 4, 8) } } };

        var advice = Advice.Of(Portfolio(project), Portfolio(project));

        advice.Select(a => (AdviceKind?)a.Kind).FirstOrDefault().ShouldBe(kind);
        if (kind is not null)
            advice[0].Reasons.ShouldBe(["To finish it still takes 30001 CHF, and finished it is worth 30000 until its last day of use.", "It was so a week before."]);
        Advice.Of(Portfolio(project), Portfolio(Costing("A", 10_000, "CHF"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_persons_work_is_added_over_projects_and_held_against_the_one_capacity()
    {
        var results = Measure(
            Project("A", Week("resource.load", "ada", 20), Week("resource.capacity", "ada", 30), Week("resource.load", "unassigned", 7), Said("resource.load", 27, "hours")),
            Project("B", Week("resource.load", "ada", 16), Week("resource.capacity", "ada", 30), Week("resource.load", "bob", 15), Week("resource.capacity", "bob", 30), Said("resource.load", 31, "hours")));

        var ada = Of(results, "resource.allocation", "ada");
        (ada.ShouldBeOfType<Measurement>().Number, ada.Band, ada.Metric.IsPersonal).ShouldBe((1.2m, Band.Red, true));
        ada.Inputs.ShouldBe([new("A", "20 hours"), new("B", "16 hours")]);
        Of(results, "resource.load", "unassigned").ShouldBeOfType<Measurement>().Number.ShouldBe(7);
        Value(results, "resource.load").ShouldBe(58);
        Value(results, "resource.capacity").ShouldBe(60);
        Value(results, "resource.allocation").ShouldBe(51m / 60);
        Of(results, "resource.allocation").Band.ShouldBe(Band.Red);
    }

    [Fact]
    public void Work_in_a_week_without_time_and_work_of_people_nobody_knows_about_have_no_ratio()
    {
        var results = Measure(Project("A", Week("resource.load", "ada", 4), Week("resource.capacity", "ada", 0)), Project("B", Week("resource.load", "bob", 4)));

        Of(results, "resource.allocation", "ada").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.ZeroDenominator);
        Of(results, "resource.allocation", "bob").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.NotConfigured);
        Of(results, "resource.capacity", "bob").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.NotConfigured);
        Of(results, "resource.allocation").ShouldBeOfType<NotMeasurable>().Reason.ShouldBe(Reason.ZeroDenominator);
    }

    [Theory, MemberData(nameof(Names))]
    public void Where_nothing_was_said_there_is_a_reason_for_every_definition(string name)
    {
        var metric = Metrics.Single(m => m.GetType().Name == name);

        var results = metric.Measure(Portfolio(Project("A"))).ToArray();

        metric.Definitions.Select(d => d.Name).Except(results.Where(r => r.Subject is null).Select(r => r.Metric.Name)).ShouldBeEmpty();
        results.ShouldAllBe(r => r is NotMeasurable);
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_folder_explains_it_under_the_agreed_headings(string name)
    {
        var metric = Metrics.Single(m => m.GetType().Name == name);

        SampleYear.Unexplained(metric.GetType(), metric.Definitions).ShouldBeEmpty();
    }

    private static MetricResult[] Measure(params ProjectResults[] projects) => [.. Metrics.SelectMany(m => m.Measure(Portfolio(projects)))];

    private static PortfolioResults Portfolio(params ProjectResults[] projects) => new(
        new("ALL", "All", [.. projects.Select(p => p.Project.Key)]), AsOf,
        new WorkingCalendar(TimeZoneInfo.Utc, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], []), projects);

    private static ProjectResults Project(string key, params MetricResult[] results) => Costing(key, null, null, results);

    private static ProjectResults Costing(string key, decimal? costOfDelay, string? currency, params MetricResult[] results) => new(
        new ProjectDefinition { Key = key, Name = key, Plan = new() { Start = new(2026, 1, 5), Finish = new(2026, 3, 25), CostOfDelayPerWeek = costOfDelay, Currency = currency } }, new ResultSet(results));

    private static ProjectResults Later(ProjectResults project) => project with { Project = project.Project with { Plan = project.Project.Plan with { Start = new(2026, 4, 1) } } };

    private static MetricResult Said(string metric, decimal value, string unit = "ratio") => new Figure(new(metric, metric, unit), "m").Known(AsOf, value, n: 9);

    private static MetricResult Week(string metric, string person, decimal hours) =>
        Said(metric, hours, "hours") with { Subject = person, Window = new DateWindow(new(2026, 3, 2), new(2026, 3, 8)) };

    private static MetricResult Finish(string odds, int days) => new Figure(new($"schedule.finish.{odds}", odds, "date"), "m").Known(AsOf, new DateOnly(2026, 3, 4).AddDays(days), n: 9);

    private static MetricResult Of(MetricResult[] results, string metric, string? subject = null) => results.Where(r => r.Metric.Name == metric && r.Subject == subject).ShouldHaveSingleItem();

    private static decimal? Value(MetricResult[] results, string metric) => Of(results, metric).ShouldBeOfType<Measurement>(metric).Number;
}
