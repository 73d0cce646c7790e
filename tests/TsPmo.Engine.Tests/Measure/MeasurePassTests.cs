using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Reporting.Explain;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Tests.Measure;

public sealed class MeasurePassTests : IDisposable
{
    private readonly StoreFile _file = new();
    private readonly Dial _dial = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Figures_are_stored_under_the_instant_they_were_computed_for()
    {
        await using var engine = await OpenAsync(_dial);
        var asOf = new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(4321);

        var report = await engine.Get<MeasurePass>().RunAsync(new(AsOf: asOf), null, CancellationToken.None);
        var stored = await engine.Get<IMeasurementStore>().ReadAsync("PAYMENTS", report.AsOf, CancellationToken.None);

        report.HasFailures.ShouldBeFalse();
        report.AsOf.ShouldBe(new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero));
        stored.ShouldHaveSingleItem().Number.ShouldBe(-4.5m);
        report.Projects.ShouldHaveSingleItem().Result("schedule.svt").ShouldBeOfType<Measurement>();
    }

    [Fact]
    public async Task A_metric_that_breaks_is_named_and_costs_no_other_figure()
    {
        await using var engine = await OpenAsync(new Broken(), _dial);

        var project = (await engine.Get<MeasurePass>().RunAsync(new(), null, CancellationToken.None)).Projects.ShouldHaveSingleItem();

        var problem = project.Problems.ShouldHaveSingleItem();
        problem.Code.ShouldBe("metric-failed");
        problem.Message.ShouldNotContain("secret detail");
        project.Results.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_derived_metric_reads_what_others_said_now_and_at_the_end_of_the_day_before()
    {
        await using var engine = await OpenAsync([new Counting(), new DayOfMonth()], new Step(), new Total());
        var asOf = new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.Zero);

        var project = (await engine.Get<MeasurePass>().RunAsync(new(AsOf: asOf), null, CancellationToken.None)).Projects.ShouldHaveSingleItem();

        project.Problems.ShouldBeEmpty();
        project.Result("test.step").ShouldBeOfType<Measurement>().Text.ShouldBe("31 to 1");
        project.Result("test.total").ShouldBeOfType<Measurement>().Text.ShouldBe("31 to 1 after ");
        (await engine.Get<IMeasurementStore>().ReadAsync("PAYMENTS", asOf, CancellationToken.None)).Select(r => r.Metric).ShouldBe(["test.count", "test.day", "test.step", "test.total"]);
        var explained = await engine.Get<ExplainQuery>().ExplainAsync(new("PAYMENTS", "test.total", AsOf: asOf), CancellationToken.None);
        explained.Explanation.ShouldNotBeNull().Text.ShouldBe("31 to 1 after ");
    }

    [Fact]
    public async Task A_series_is_computed_by_one_sweep_and_stores_nothing()
    {
        var day = new DayOfMonth();
        await using var engine = await OpenAsync([day], new Step());
        DateTimeOffset[] instants = [.. Enumerable.Range(0, 3).Select(i => new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero).AddDays(i))];

        var setup = engine.Get<IPmoSource>().Current;
        var series = await engine.Get<MeasurePass>().ComputeAsync(setup, setup.Definition.Projects["PAYMENTS"], instants, CancellationToken.None);

        series.Results.Where(r => r.Metric.Name == "test.step").Cast<Measurement>().Select(r => r.Text).ShouldBe(["31 to 1", "1 to 2", "2 to 3"]);
        day.Sweeps.ShouldBe(1);
        (await engine.Get<IMeasurementStore>().ReadAsync("PAYMENTS", null, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_derived_metric_that_breaks_is_named_and_costs_no_other_figure()
    {
        await using var engine = await OpenAsync([_dial], new BrokenStep());

        var project = (await engine.Get<MeasurePass>().RunAsync(new(), null, CancellationToken.None)).Projects.ShouldHaveSingleItem();

        project.Problems.ShouldHaveSingleItem().Message.ShouldContain("test.broken");
        project.Results.ShouldHaveSingleItem();
    }

    [Fact]
    public void Metrics_that_read_one_another_in_a_circle_are_refused() =>
        Should.Throw<InvalidOperationException>(() => new MetricSet([], [new Total("test.step"), new Step("test.total")])).Message.ShouldContain("test.step, test.total");

    [Fact]
    public async Task An_unknown_project_is_named_with_those_there_are()
    {
        await using var engine = await OpenAsync(_dial);

        var report = await engine.Get<MeasurePass>().RunAsync(new(["payments", "WEB"]), null, CancellationToken.None);

        report.Projects.ShouldHaveSingleItem();
        report.Problems.ShouldHaveSingleItem().Remedy.ShouldContain("PAYMENTS");
    }

    [Fact]
    public async Task A_figure_is_explained_and_a_wrong_question_is_answered()
    {
        await using var engine = await OpenAsync(_dial);
        var query = engine.Get<ExplainQuery>();

        var answer = await query.ExplainAsync(new("payments", "schedule.SVT"), CancellationToken.None);
        answer.Explanation.ShouldNotBeNull().Text.ShouldBe("-4.5 working days (behind)");
        _dial.Value = null;
        var missing = (await query.ExplainAsync(new("PAYMENTS", "schedule.svt"), CancellationToken.None)).Explanation.ShouldNotBeNull();
        (missing.Value, missing.Reason, missing.Text).ShouldBe((null, "NoBaseline", "not measurable: The plan names no baseline."));

        (await query.ExplainAsync(new("NOPE", "schedule.svt"), CancellationToken.None)).Problem.ShouldNotBeNull().Code.ShouldBe("project-unknown");
        (await query.ExplainAsync(new("PAYMENTS", "schedule.nope"), CancellationToken.None)).Problem.ShouldNotBeNull().Remedy.ShouldContain("schedule.svt");
        (await query.ExplainAsync(new("PAYMENTS", "schedule.svt", "board:x"), CancellationToken.None)).Problem.ShouldNotBeNull().Code.ShouldBe("subject-unknown");
    }

    [Fact]
    public async Task Figures_of_items_say_how_many_of_them_can_no_longer_be_seen_from_then_on()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2"), Sample.Item("3"), Sample.Item("4"));
        var project = new ProjectDefinition { Key = "PAYMENTS", Name = "Payments", Sources = [new SourceBinding { Name = "a", Connector = "alpha", Project = "PAY" }] };
        var pmo = new PmoDefinition { Calendar = TestEngine.Calendar, Projects = new Dictionary<string, ProjectDefinition> { [project.Key] = project } };
        await using var engine = await TestEngine.OpenAsync(_file, pmo, [tracker.As("alpha")], metrics: [new Counting(), _dial]);
        await engine.SyncAsync();
        tracker.Hidden.Add("3");
        await engine.SyncAsync(ReadDepth.Reconcile);
        var now = engine.Clock.GetUtcNow();

        var results = (await engine.Get<MeasurePass>().RunAsync(new(), null, CancellationToken.None)).Projects.ShouldHaveSingleItem().Results;

        var counted = results.Single(r => r.Metric.Name == "test.count");
        (counted.Confidence, counted.Quality.ShouldHaveSingleItem(), counted.Findings.ShouldHaveSingleItem().AffectedShare).ShouldBe((0.75m, "NoLongerVisible", 0.25m));
        results.Single(r => r.Metric.Name == "schedule.svt").Quality.ShouldBeEmpty();
        var explained = await engine.Get<ExplainQuery>().ExplainAsync(new("PAYMENTS", "test.count"), CancellationToken.None);
        var warning = explained.Explanation.ShouldNotBeNull().Warnings.ShouldHaveSingleItem();
        warning.Text.ShouldContain("1 of 4 items can no longer be seen");
        warning.Items.ShouldHaveSingleItem().Id.ShouldBe("alpha:3");
        var before = await engine.Get<ExplainQuery>().ExplainAsync(new("PAYMENTS", "test.count", AsOf: now.AddSeconds(-1)), CancellationToken.None);
        before.Explanation.ShouldNotBeNull().Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_projects_are_measured_at_a_time_and_told_in_the_order_of_their_keys()
    {
        using var pair = new Pair();
        var projects = new[] { "D", "B", "A", "C" }.ToDictionary(key => key, key => new ProjectDefinition { Key = key, Name = key });
        await using var engine = await TestEngine.OpenAsync(_file, new PmoDefinition { Calendar = TestEngine.Calendar, Projects = projects }, metrics: [pair]);

        var report = await engine.Get<MeasurePass>().RunAsync(new(), null, CancellationToken.None);

        report.HasFailures.ShouldBeFalse();
        report.Projects.Select(p => p.Project.Key).ShouldBe(["A", "B", "C", "D"]);
        report.Projects.ShouldAllBe(p => p.Rows.Single().Text == "two");
    }

    private Task<TestEngine> OpenAsync(params IMetric[] metrics) => OpenAsync(metrics, []);

    private Task<TestEngine> OpenAsync(IMetric[] metrics, params IDerivedMetric[] derived)
    {
        var project = new ProjectDefinition { Key = "PAYMENTS", Name = "Payments" };
        var pmo = new PmoDefinition { Calendar = TestEngine.Calendar, Projects = new Dictionary<string, ProjectDefinition> { [project.Key] = project } };
        return TestEngine.OpenAsync(_file, pmo, metrics: metrics, derived: derived);
    }

    private sealed class Counting : IMetric
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.count", "count", "items") { Needs = DataNeeds.Items }];

        public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => instants.Select(asOf => new Measurement
        {
            Metric = Definitions[0], AsOf = asOf, Method = "count", N = history.Items.Count, Number = history.Items.Count, Text = "counted",
            Evidence = [.. history.Items.Select(i => new Evidence(i.Item.Id, "counted", i.Item.Url))],
        });
    }

    /// <summary>Goes on when two projects have come to it.</summary>
    private sealed class Pair : IMetric, IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
        private readonly Barrier _both = new(2);

        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.pair", "pair", "projects")];

        public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants)
        {
            var met = _both.SignalAndWait(Patience);
            return instants.Select(asOf => new Figure(Definitions[0], "pair").Known(asOf, 2, n: 1) with { Text = met ? "two" : "one" });
        }

        public void Dispose() => _both.Dispose();
    }

    /// <summary>The day of the month, in the PMO's zone.</summary>
    private sealed class DayOfMonth : IMetric
    {
        public int Sweeps { get; private set; }

        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.day", "day", "days")];

        public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants)
        {
            Sweeps++;
            return instants.Select(asOf => new Figure(Definitions[0], "day").Known(asOf, history.Calendar.DayOf(asOf).Day, n: 1));
        }
    }

    /// <summary>From the day before to the day.</summary>
    private sealed class Step(string reads = "test.day") : IDerivedMetric
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.step", "step", "days")];

        public IReadOnlyList<string> Reads => [reads];

        public IEnumerable<MetricResult> Derive(ProjectHistory history, IReadOnlyList<Evaluation> evaluations) => evaluations.Select(e =>
            new Figure(Definitions[0], "step").Known(e.AsOf, 0, n: 2) with { Text = $"{Day(e.Before)} to {Day(e.Results)}" });

        private static decimal? Day(ResultSet results) => (results.Of("test.day") as Measurement)?.Number;
    }

    /// <summary>What another derived metric said, now and before: one that looks back says nothing before.</summary>
    private sealed class Total(string reads = "test.step") : IDerivedMetric
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.total", "total", "days")];

        public IReadOnlyList<string> Reads => [reads];

        public IEnumerable<MetricResult> Derive(ProjectHistory history, IReadOnlyList<Evaluation> evaluations) => evaluations.Select(e =>
            new Figure(Definitions[0], "total").Known(e.AsOf, 0, n: 1) with { Text = $"{Said(e.Results)} after {Said(e.Before).Split(" to ")[0]}" });

        private static string Said(ResultSet results) => (results.Of("test.step") as Measurement)?.Text ?? "";
    }

    private sealed class BrokenStep : IDerivedMetric
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.broken", "broken", "ratio")];

        public IReadOnlyList<string> Reads => [];

        public IEnumerable<MetricResult> Derive(ProjectHistory history, IReadOnlyList<Evaluation> evaluations) => throw new InvalidOperationException("secret detail");
    }

    private sealed class Broken : IMetric
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.broken", "broken", "ratio")];

        public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
            throw new InvalidOperationException("secret detail");
    }
}
