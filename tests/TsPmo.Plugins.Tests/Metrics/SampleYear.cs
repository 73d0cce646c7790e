using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;
using TsPmo.Testing;
using TsPmo.Testing.Builders;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>The project that metrics are put to the proof with, and how their results are compared: in every part.</summary>
internal static class SampleYear
{
    private static readonly string[] Headings = ["## Definition", "## Formula", "## Unit and sign", "## Edge cases", "## Authority", "## Worked case"];

    /// <summary>An instant in the middle of the project.</summary>
    public static DateTimeOffset AsOf { get; } = new(2026, 2, 18, 15, 0, 0, TimeSpan.Zero);

    /// <summary>What the README beside a metric does not say: headings, and names of what it computes.</summary>
    public static IEnumerable<string> Unexplained(Type metric, IEnumerable<MetricDefinition> definitions)
    {
        var folder = metric.Namespace!.Split('.')[^1];
        var readme = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot(), "src/TsPmo.Plugins/Metrics", folder, "README.md"));
        using var embedded = new StreamReader(metric.Assembly.GetManifestResourceStream($"Metrics/{folder}/README.md").ShouldNotBeNull("what explain and console show is the text of the folder"));
        embedded.ReadToEnd().ShouldBe(readme);
        return Headings.Concat(definitions.Select(d => $"`{d.Name}`")).Where(needed => !readme.Contains(needed, StringComparison.Ordinal));
    }

    /// <summary>Everything a result says, in one line.</summary>
    public static string Print(MetricResult result) => string.Join('|',
    [
        result.Metric, result.Subject, result.AsOf, result.Window, result.Method, result.N, result.Confidence, result.Baseline,
        (result as Measurement)?.Number, (result as Measurement)?.Text, result.Band, (result as NotMeasurable)?.Reason,
        .. result.Quality, .. result.Inputs, .. result.Evidence, .. result.Findings,
    ]);

    /// <summary>A project with everything that a metric might look at, and more of it after the instant when asked for.</summary>
    public static ProjectHistory Of(Methodology methodology, bool reverse = false, bool later = false)
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
            history.Deployment($"d{i}", Day(i), i % 5 == 0 ? "production-eu" : "production", isProduction: i % 7 != 0);
        return history.Build();
    }

    private static void AddItem(HistoryBuilder history, int i, bool later)
    {
        var item = history.Item($"{i:00}")
            .With("points", i % 9 == 0 ? null : (decimal?)(i % 5))
            .With("kind", i % 8 == 0 ? WorkItemKind.Bug : WorkItemKind.Story)
            .With("sprints", new[] { $"S{i / 4}" })
            .With("remainingHours", i % 4 == 0 ? null : (decimal?)(3 + i))
            .With("assignee", i % 2 == 0 ? "ada" : null)
            .With("plannedStart", i % 3 == 0 ? (DateOnly?)new DateOnly(2026, 1, 5).AddDays(3 * i) : null)
            .With("plannedFinish", i % 6 == 5 ? null : (DateOnly?)new DateOnly(2026, 1, 9).AddDays(3 * i))
            .Change(Day(2 * i), "state", State.InProgress)
            .Change(Day(2 * i + 5), "state", i % 11 == 10 ? State.Removed : State.Done);
        if (i % 7 == 3)
            item.Change(Day(2 * i + 6), "state", State.InProgress);
        if (later)
            item.Change(AsOf.AddMinutes(1), "state", State.Done).Change(AsOf.AddDays(1), "deleted", true).Change(AsOf.AddDays(1), "points", 13m);
    }

    private static IEnumerable<int> InOrder(int count, bool reverse) => reverse ? Enumerable.Range(0, count).Reverse() : Enumerable.Range(0, count);

    private static DateTimeOffset Day(int offset) => new DateTimeOffset(2026, 1, 5, 9, 30, 0, TimeSpan.Zero).AddDays(offset);
}
