using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Testing.Builders;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>What every metric owes, whatever it computes. A new metric is held to it without an edit here.</summary>
public sealed class MetricConformanceTests
{
    private static DateTimeOffset AsOf => SampleYear.AsOf;

    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(25).WithReplay(20260105, 1);
    private static readonly Arbitrary<int> Seeds = Gen.Choose(1, 1_000_000).ToArbitrary();

    public static TheoryData<string> Metrics => [.. PluginCatalog.Scan().Metrics.Select(m => m.GetType().Name)];

    [Theory, MemberData(nameof(Metrics))]
    public void An_empty_history_gives_a_reason_for_every_definition(string name)
    {
        var metric = Metric(name);
        var empty = new HistoryBuilder { Project = new() { Key = "EMPTY", Name = "Empty" } }.Build();

        var results = metric.Measure(empty, [AsOf]).ToArray();

        foreach (var definition in metric.Definitions)
            results.Where(r => r.Metric.Name == definition.Name).ShouldNotBeEmpty(definition.Name);
        foreach (var result in results)
            result.ShouldBeOfType<NotMeasurable>(result.Metric.Name).Because.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory, MemberData(nameof(Metrics))]
    public void The_order_in_which_things_are_told_changes_nothing(string name)
    {
        foreach (var methodology in Enum.GetValues<Methodology>())
            Print(Metric(name), SampleYear.Of(methodology, reverse: true)).ShouldBe(Print(Metric(name), SampleYear.Of(methodology)));
    }

    [Theory, MemberData(nameof(Metrics))]
    public void What_happens_after_the_instant_changes_nothing(string name)
    {
        foreach (var methodology in Enum.GetValues<Methodology>())
            Print(Metric(name), SampleYear.Of(methodology, later: true)).ShouldBe(Print(Metric(name), SampleYear.Of(methodology)));
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Changing_something_to_what_it_is_changes_nothing(string name) =>
        Check.One(Fixed, Prop.ForAll(Seeds, seed => Drawn(name, new(seed) { WithEmptyChanges = true }).ShouldBe(Drawn(name, new(seed)))));

    [Theory, MemberData(nameof(Metrics))]
    public void The_order_of_what_happened_at_the_same_instant_changes_nothing(string name) =>
        Check.One(Fixed, Prop.ForAll(Seeds, seed => Drawn(name, new(seed) { Reversed = true }).ShouldBe(Drawn(name, new(seed)))));

    [Theory, MemberData(nameof(Metrics))]
    public void Each_instant_of_a_series_gives_what_it_gives_alone(string name)
    {
        var history = SampleYear.Of(Methodology.Hybrid);
        DateTimeOffset[] instants = [.. Enumerable.Range(0, 70).Select(day => new DateTimeOffset(2026, 1, 1, 17, 0, 0, TimeSpan.Zero).AddDays(day))];

        var series = Metric(name).Measure(history, instants).Select(SampleYear.Print);
        var alone = instants.SelectMany(i => Metric(name).Measure(SampleYear.Of(Methodology.Hybrid), [i])).Select(SampleYear.Print);

        series.ShouldBe(alone);
    }

    [Theory, MemberData(nameof(Metrics))]
    public void A_result_carries_its_contract(string name)
    {
        var definitions = Metric(name).Definitions.Select(d => d.Name).ToArray();
        foreach (var result in Enum.GetValues<Methodology>().SelectMany(m => Metric(name).Measure(SampleYear.Of(m), [AsOf])))
        {
            definitions.ShouldContain(result.Metric.Name);
            result.Method.ShouldNotBeNullOrWhiteSpace();
            result.AsOf.ShouldBe(AsOf);
            result.Confidence.ShouldBeInRange(0, 1);
            result.Quality.ShouldBe(result.Findings.Select(f => f.Name));
            result.Evidence.Select(e => e.Id).ShouldBeInOrder();
            if (result is Measurement measurement)
                measurement.Text.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Figures_made_of_items_say_what_they_take_from_them(string name)
    {
        var history = SampleYear.Of(Methodology.Hybrid);
        var items = history.Items.Select(i => i.Item.Id).ToHashSet();

        foreach (var result in Metric(name).Measure(history, [AsOf]).Where(r => r.Metric.Name != "quality.data" && r.Evidence.Any(e => items.Contains(e.Id))))
            result.Metric.Needs.ShouldNotBe(DataNeeds.None, result.Metric.Name);
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Its_folder_explains_it_under_the_agreed_headings(string name) =>
        SampleYear.Unexplained(Metric(name).GetType(), Metric(name).Definitions).ShouldBeEmpty();

    /// <summary>A drawn history's figures while it goes on and after it has ended.</summary>
    private static string Drawn(string name, DrawnHistory drawn)
    {
        var history = drawn.Build();
        return string.Join('\n', Metric(name).Measure(history, [DrawnHistory.Start.AddDays(45), DrawnHistory.Start.AddDays(DrawnHistory.Days - 20)]).Select(SampleYear.Print));
    }

    private static IMetric Metric(string name) => PluginCatalog.Scan().Metrics.Single(m => m.GetType().Name == name);

    private static string Print(IMetric metric, ProjectHistory history) => string.Join('\n', metric.Measure(history, [AsOf]).Select(SampleYear.Print));
}
