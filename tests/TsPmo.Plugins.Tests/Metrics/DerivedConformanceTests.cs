using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Testing.Builders;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>What every metric owes that is derived from others, whatever it computes. A new one is held to it without an edit here.</summary>
public sealed class DerivedConformanceTests
{
    private static readonly PluginCatalog Catalog = PluginCatalog.Scan();

    public static TheoryData<string> Metrics => [.. Catalog.Derived.Select(m => m.GetType().Name)];

    [Theory, MemberData(nameof(Metrics))]
    public void Where_nothing_was_said_there_is_a_reason_for_every_definition(string name)
    {
        var metric = Metric(name);
        var empty = new HistoryBuilder { Project = new() { Key = "EMPTY", Name = "Empty" } }.Build();

        var results = metric.Derive(empty, [new Evaluation(SampleYear.AsOf, ResultSet.Empty, ResultSet.Empty)]).ToArray();

        results.Select(r => r.Metric.Name).Distinct().ShouldBe(metric.Definitions.Select(d => d.Name));
        results.ShouldAllBe(r => r is NotMeasurable);
    }

    [Theory, MemberData(nameof(Metrics))]
    public void What_happens_after_the_instant_changes_nothing(string name)
    {
        foreach (var methodology in Enum.GetValues<Methodology>())
            Print(name, SampleYear.Of(methodology, later: true)).ShouldBe(Print(name, SampleYear.Of(methodology)));
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Each_instant_of_a_series_gives_what_it_gives_alone(string name)
    {
        DateTimeOffset[] instants = [.. Enumerable.Range(0, 50).Select(day => new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero).AddDays(day).AddMilliseconds(day % 2 - 1))];

        var series = Sweep(name, SampleYear.Of(Methodology.Hybrid)).Results(instants).Select(SampleYear.Print);
        var alone = instants.SelectMany(i => Sweep(name, SampleYear.Of(Methodology.Hybrid)).Results(i)).Select(SampleYear.Print);

        series.ShouldBe(alone);
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Its_folder_explains_it_under_the_agreed_headings(string name) =>
        SampleYear.Unexplained(Metric(name).GetType(), Metric(name).Definitions).ShouldBeEmpty();

    private static IDerivedMetric Metric(string name) => Catalog.Derived.Single(m => m.GetType().Name == name);

    private static ProjectSweep Sweep(string name, ProjectHistory history) =>
        new(new MetricSet(Catalog.Metrics, Catalog.Derived).Only(Metric(name).Definitions.Select(d => d.Name)), history);

    private static string Print(string name, ProjectHistory history) => string.Join('\n', Sweep(name, history).Results(SampleYear.AsOf).Select(SampleYear.Print));
}
