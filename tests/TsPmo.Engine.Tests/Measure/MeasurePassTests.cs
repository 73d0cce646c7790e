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
        explained.Explanation.ShouldNotBeNull().Warnings.ShouldHaveSingleItem().Text.ShouldContain("1 of 4 items can no longer be seen");
        var before = await engine.Get<ExplainQuery>().ExplainAsync(new("PAYMENTS", "test.count", AsOf: now.AddSeconds(-1)), CancellationToken.None);
        before.Explanation.ShouldNotBeNull().Warnings.ShouldBeEmpty();
    }

    private Task<TestEngine> OpenAsync(params IMetric[] metrics)
    {
        var project = new ProjectDefinition { Key = "PAYMENTS", Name = "Payments" };
        var pmo = new PmoDefinition { Calendar = TestEngine.Calendar, Projects = new Dictionary<string, ProjectDefinition> { [project.Key] = project } };
        return TestEngine.OpenAsync(_file, pmo, metrics: metrics);
    }

    private sealed class Counting : IMetric
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.count", "count", "items")];

        public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => instants.Select(asOf => new Measurement
        {
            Metric = Definitions[0], AsOf = asOf, Method = "count", N = history.Items.Count, Number = history.Items.Count, Text = "counted",
            Evidence = [.. history.Items.Select(i => new Evidence(i.Item.Id, "counted", i.Item.Url))],
        });
    }

    private sealed class Broken : IMetric
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.broken", "broken", "ratio")];

        public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
            throw new InvalidOperationException("secret detail");
    }
}
