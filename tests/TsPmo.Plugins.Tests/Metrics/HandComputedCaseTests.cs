using System.Globalization;
using TsPmo.Model.Measuring;
using TsPmo.Testing.Builders;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>Every case in a Cases folder: a history and the answers worked out by hand.</summary>
public sealed class HandComputedCaseTests
{
    private const string Folder = "tests/TsPmo.Plugins.Tests/Metrics";
    private const decimal Tolerance = 0.000000001m;

    private static readonly MetricSet Metrics = new(PluginCatalog.Scan().Metrics, PluginCatalog.Scan().Derived);

    public static TheoryData<string> Cases => [.. HistoryCase.Names(Folder)];

    [Theory, MemberData(nameof(Cases))]
    public void A_hand_computed_case_comes_out(string name)
    {
        var given = HistoryCase.Load(Folder, name);
        var results = Results(given);

        foreach (var expected in given.Expected)
        {
            var result = results.Where(r => r.Metric.Name == expected.Metric && r.Subject == expected.Subject && expected.IsAbout(r.Window)).ShouldHaveSingleItem($"{name}: {expected.Metric} {expected.Subject}");
            Compare(result, expected, $"{name}: {expected.Metric} {expected.Subject}");
        }
    }

    [Fact]
    public void Every_metric_has_at_least_three_cases()
    {
        var expectations = HistoryCase.Names(Folder)
            .SelectMany(name => HistoryCase.Load(Folder, name).Expected.Select(e => (e.Metric, name)))
            .Distinct()
            .ToLookup(e => e.Metric, e => e.name);

        Metrics.Definitions
            .Where(d => expectations[d.Name].Count() < 3).Select(d => d.Name).ShouldBeEmpty();
    }

    private static IReadOnlyList<MetricResult> Results(HistoryCase given) =>
        given.Given is { } evaluation
            ? [.. Metrics.Derived.SelectMany(d => d.Derive(given.History, [evaluation]))]
            : new ProjectSweep(Metrics.Only(given.Expected.Select(e => e.Metric)), given.History).Results(given.AsOf);

    private static void Compare(MetricResult result, ExpectedResult expected, string what)
    {
        if (expected.Value is { } value)
            Math.Abs(result.ShouldBeOfType<Measurement>(what).Number.ShouldNotBeNull(what) - value).ShouldBeLessThanOrEqualTo(Tolerance, $"{what}: {(result as Measurement)?.Number}");
        if (expected.Reason is { } reason)
            result.ShouldBeOfType<NotMeasurable>(what).Reason.ToString().ShouldBe(reason, what);
        foreach (var (name, text) in expected.Also)
            Property(result, name).ShouldBe(text, $"{what}: {name}");
    }

    private static string Property(MetricResult result, string name) => name switch
    {
        "text" => (result as Measurement)?.Text ?? "",
        "band" => result.Band?.ToString().ToLowerInvariant() ?? "",
        "unit" => result.Metric.Unit,
        "method" => result.Method,
        "n" => result.N.ToString(CultureInfo.InvariantCulture),
        "quality" => string.Join(",", result.Quality),
        "confidence" => result.Confidence.ToString("0.00", CultureInfo.InvariantCulture),
        "window" => result.Window?.ToString() ?? "",
        "evidence" => string.Join(",", result.Evidence.Select(e => e.Id.Id)),
        _ => throw new ArgumentException($"A case cannot expect '{name}'."),
    };
}
