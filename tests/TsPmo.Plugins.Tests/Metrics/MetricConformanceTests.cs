using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;
using TsPmo.Testing;
using TsPmo.Testing.Builders;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>What every metric owes, whatever it computes. A new metric is held to it without an edit here.</summary>
public sealed class MetricConformanceTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 2, 18, 15, 0, 0, TimeSpan.Zero);
    private static readonly string[] Headings = ["## Definition", "## Formula", "## Unit and sign", "## Edge cases", "## Authority", "## Worked case"];

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
            Print(Metric(name), Year(methodology, reverse: true)).ShouldBe(Print(Metric(name), Year(methodology)));
    }

    [Theory, MemberData(nameof(Metrics))]
    public void What_happens_after_the_instant_changes_nothing(string name)
    {
        foreach (var methodology in Enum.GetValues<Methodology>())
            Print(Metric(name), Year(methodology, later: true)).ShouldBe(Print(Metric(name), Year(methodology)));
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
        var history = Year(Methodology.Hybrid);
        DateTimeOffset[] instants = [.. Enumerable.Range(0, 70).Select(day => new DateTimeOffset(2026, 1, 1, 17, 0, 0, TimeSpan.Zero).AddDays(day))];

        var series = Metric(name).Measure(history, instants).Select(Print);
        var alone = instants.SelectMany(i => Metric(name).Measure(Year(Methodology.Hybrid), [i])).Select(Print);

        series.ShouldBe(alone);
    }

    [Theory, MemberData(nameof(Metrics))]
    public void A_result_carries_its_contract(string name)
    {
        var definitions = Metric(name).Definitions.Select(d => d.Name).ToArray();
        foreach (var result in Enum.GetValues<Methodology>().SelectMany(m => Metric(name).Measure(Year(m), [AsOf])))
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
    public void Its_folder_explains_it_under_the_agreed_headings(string name)
    {
        var folder = Metric(name).GetType().Namespace!.Split('.')[^1];
        var readme = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot(), "src/TsPmo.Plugins/Metrics", folder, "README.md"));

        Headings.Where(h => !readme.Contains(h, StringComparison.Ordinal)).ShouldBeEmpty();
        foreach (var definition in Metric(name).Definitions)
            readme.ShouldContain($"`{definition.Name}`");
    }

    /// <summary>A drawn history's figures while it goes on and after it has ended.</summary>
    private static string Drawn(string name, DrawnHistory drawn)
    {
        var history = drawn.Build();
        return string.Join('\n', Metric(name).Measure(history, [DrawnHistory.Start.AddDays(45), DrawnHistory.Start.AddDays(DrawnHistory.Days - 20)]).Select(Print));
    }

    private static IMetric Metric(string name) => PluginCatalog.Scan().Metrics.Single(m => m.GetType().Name == name);

    private static string Print(IMetric metric, ProjectHistory history) => string.Join('\n', metric.Measure(history, [AsOf]).Select(Print));

    private static string Print(MetricResult result) => string.Join('|',
    [
        result.Metric, result.Subject, result.AsOf, result.Window, result.Method, result.N, result.Confidence, result.Baseline,
        (result as Measurement)?.Number, (result as Measurement)?.Text, (result as Measurement)?.Band, (result as NotMeasurable)?.Reason,
        .. result.Quality, .. result.Inputs, .. result.Evidence, .. result.Findings,
    ]);

    /// <summary>A project with everything that a metric might look at, and more of it after the instant when asked for.</summary>
    private static ProjectHistory Year(Methodology methodology, bool reverse = false, bool later = false)
    {
        var history = new HistoryBuilder();
        history.Project = history.Project with
        {
            Methodology = methodology,
            Plan = new() { Start = new(2026, 1, 5), Finish = new(2026, 3, 27), BaselineAt = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), Budget = 50000, Currency = "EUR" },
            Rates = new([new(new(2026, 1, 1)) { Default = 90 }, new(new(2026, 2, 1)) { Default = 95 }], [], new Dictionary<string, string>()),
        };
        for (var i = 0; i < 6; i++)
            history.Sprint($"S{i}", Day(14 * i), Day(14 * i + 12));
        foreach (var i in InOrder(24, reverse))
            AddItem(history, i, later);
        foreach (var i in InOrder(later ? 60 : 45, reverse))
            history.Hours($"{i % 24:00}", i % 3 == 0 ? "ada" : "ben", Day(i), 3 + i % 6);
        foreach (var i in InOrder(later ? 90 : 45, reverse))
            AddDeployment(history, i);
        foreach (var i in InOrder(later ? 90 : 45, reverse))
            history.Response($"r{i}", Day(i), i % 6 == 5 ? null : 5 - i % 5);
        return history.Build();
    }

    private static void AddDeployment(HistoryBuilder history, int i)
    {
        var result = (i % 9) switch { 4 => DeploymentResult.Failed, 5 => DeploymentResult.Partial, _ => DeploymentResult.Succeeded };
        history.Deployment($"d{i}", Day(i), i % 5 == 0 ? "production-eu" : "production", result, isProduction: i % 7 != 0)
            .Of($"d{i}", d => d with { Revision = $"r{(i % 10 == 8 ? i - 2 : i)}", Run = new("tracker", $"{i}") })
            .Brought($"d{i}", new()
            {
                Commits = i % 4 == 0 ? [null] : [Day(i).AddHours(-i), Day(i).AddHours(-2 * i - 1)],
                PullRequests = [Day(i).AddDays(-i)],
                Items = [$"{i % 24:00}", $"{(i + 7) % 24:00}"],
                Causes = i % 13 == 5 ? [$"{(i + 4) % 24:00}"] : [],
            })
            .Run($"{i}", Day(i), i % 17 == 3 ? "refs/heads/hotfix/1" : "refs/heads/main", result, i % 6 == 0 ? null : new(90 + i, i % 3, 1), i % 2 == 0 ? null : new(800 + i, 1000));
    }

    private static void AddItem(HistoryBuilder history, int i, bool later)
    {
        var item = history.Item($"{i:00}")
            .With("points", i % 9 == 0 ? null : (decimal?)(i % 5))
            .With("kind", (i % 8) switch { 0 => WorkItemKind.Bug, 4 => WorkItemKind.Incident, _ => WorkItemKind.Story })
            .With("labels", i % 16 == 8 ? new[] { "found-in-production" } : i % 24 == 0 ? ["qa"] : [])
            .With("sprints", new[] { $"S{i / 4}" })
            .With("remainingHours", i % 4 == 0 ? null : (decimal?)(3 + i))
            .With("assignee", i % 2 == 0 ? "ada" : null)
            .With("plannedStart", i % 3 == 0 ? (DateOnly?)new DateOnly(2026, 1, 5).AddDays(3 * i) : null)
            .With("plannedFinish", i % 6 == 5 ? null : (DateOnly?)new DateOnly(2026, 1, 9).AddDays(3 * i))
            .Change(Day(2 * i), "state", State.InProgress)
            .Change(Day(2 * i + 5), "state", i % 11 == 10 ? State.Removed : State.Done);
        if (i % 8 == 4)
            item.Created = Day(2 * i).AddHours(-3);
        if (i % 7 == 3)
            item.Change(Day(2 * i + 6), "state", State.InProgress);
        if (later)
            item.Change(AsOf.AddMinutes(1), "state", State.Done).Change(AsOf.AddDays(1), "deleted", true).Change(AsOf.AddDays(1), "points", 13m);
    }

    private static IEnumerable<int> InOrder(int count, bool reverse) => reverse ? Enumerable.Range(0, count).Reverse() : Enumerable.Range(0, count);

    private static DateTimeOffset Day(int offset) => new DateTimeOffset(2026, 1, 5, 9, 30, 0, TimeSpan.Zero).AddDays(offset);
}
