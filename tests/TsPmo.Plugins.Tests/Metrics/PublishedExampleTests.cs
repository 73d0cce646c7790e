using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;
using TsPmo.Testing;
using TsPmo.Testing.Builders;
using TsPmo.Testing.Examples;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>Published earned-value exercises, told as histories and put to our metrics.</summary>
public sealed class PublishedExampleTests
{
    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void Every_published_example_is_read_by_a_test()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(SharedFolder.RepositoryRoot(), "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();

        PublishedExamples.Ids().Where(id => !tests.Exists(t => t.Contains($"Read(\"{id}\")", StringComparison.Ordinal))).ShouldBeEmpty();
        PublishedExamples.Ids().Count.ShouldBe(17);
    }

    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_fence_comes_out()
    {
        var (inputs, expected) = PublishedExamples.Read("evm-01-fence");
        var work = inputs.GetProperty("items").EnumerateArray()
            .Select(i => (Weight: i.GetProperty("budget").GetDecimal(), IsPlanned: i.GetProperty("planned_pct").GetDecimal() == 1, Done: i.GetProperty("actual_pct").GetDecimal()))
            .Select((i, index) => (i.Weight, Day: i.IsPlanned ? index : 3, i.Done));

        var results = Results(work, day: 2, inputs.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("actual_cost").GetDecimal()));
        Check(results, expected, "schedule.", "bac", "pv", "ev", "sv", "spi");
        Check(results, expected, "cost.", "ac", "cv", "cpi", "eac_cpi", "etc_cpi", "vac_cpi");
    }

    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_half_million_comes_out()
    {
        var (inputs, expected) = PublishedExamples.Read("evm-02-pra-500k");
        var budget = inputs.GetProperty("bac").GetDecimal();
        var cumulative = inputs.Numbers("schedule_cum_pct");
        var earned = inputs.GetProperty("actual_pct").GetDecimal();
        var work = cumulative.Select((c, i) =>
        {
            var before = i == 0 ? 0 : cumulative[i - 1];
            return (budget * (c - before), i, Math.Clamp((earned - before) / (c - before), 0, 1));
        });

        var results = Results(work, inputs.GetProperty("period").GetInt32() - 1, inputs.Numbers("period_costs"));
        Check(results, expected, "schedule.", "pv", "ev", "sv", "spi");
        Check(results, expected, "cost.", "ac", "cv", "cpi", "eac_cpi", "eac_budget_rate", "eac_cpi_spi", "etc_cpi", "vac_cpi", "tcpi_bac", "tcpi_eac");
    }

    /// <summary>Each piece of work is planned on one day of the first week and earned in part by its hours; an hour costs 1.</summary>
    private static MetricResult[] Results(IEnumerable<(decimal Weight, int Day, decimal Done)> work, int day, IEnumerable<decimal> costs)
    {
        var monday = new DateOnly(2026, 1, 5);
        var history = new HistoryBuilder();
        work = [.. work];
        history.Project = history.Project with
        {
            Methodology = Methodology.Waterfall,
            Plan = history.Project.Plan with { Budget = work.Sum(w => w.Weight), Currency = "USD" },
            Rates = new([new(monday) { Default = 1 }], [], new Dictionary<string, string>()),
        };
        foreach (var cost in costs)
            history.Hours("0", "somebody", new(monday, new(9, 0), TimeSpan.Zero), cost);
        foreach (var ((weight, planned, done), index) in work.Select((w, i) => (w, i)))
        {
            var item = history.Item($"{index}").With("points", (decimal?)weight)
                .With("plannedStart", (DateOnly?)monday.AddDays(planned)).With("plannedFinish", (DateOnly?)monday.AddDays(planned))
                .With("completedWork", (decimal?)(100 * done)).With("remainingHours", (decimal?)(100 - 100 * done));
            if (done == 1)
                item.Change(new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero), "state", State.Done);
        }

        var asOf = new DateTimeOffset(monday.AddDays(day), new(18, 0), TimeSpan.Zero);
        return [.. PluginCatalog.Scan().Metrics.SelectMany(m => m.Measure(history.Build(), [asOf]))];
    }

    private static void Check(MetricResult[] results, System.Text.Json.JsonElement expected, string prefix, params string[] names)
    {
        foreach (var name in names)
        {
            var value = results.Single(r => r.Metric.Name == prefix + Ours(name)).ShouldBeOfType<Measurement>(name).Number.ShouldNotBeNull();
            Math.Abs(value - expected.GetProperty(name).GetDecimal()).ShouldBeLessThanOrEqualTo(0.0005m, name);
        }
    }

    private static string Ours(string name) => name switch
    {
        "eac_cpi" => "eac.cpi",
        "eac_budget_rate" => "eac.budgetRate",
        "eac_cpi_spi" => "eac.cpiSpi",
        "etc_cpi" => "etc",
        "vac_cpi" => "vac",
        "tcpi_bac" => "tcpi.bac",
        "tcpi_eac" => "tcpi.eac",
        _ => name,
    };
}
