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
    public void The_fence_comes_out()
    {
        var (inputs, expected) = PublishedExamples.Read("evm-01-fence");
        var work = inputs.GetProperty("items").EnumerateArray()
            .Select(i => (Weight: i.GetProperty("budget").GetDecimal(), IsPlanned: i.GetProperty("planned_pct").GetDecimal() == 1, Done: i.GetProperty("actual_pct").GetDecimal()))
            .Select((i, index) => (i.Weight, Day: i.IsPlanned ? index : 3, i.Done));

        Check(Results(work, day: 2), expected, "bac", "pv", "ev", "sv", "spi");
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

        Check(Results(work, inputs.GetProperty("period").GetInt32() - 1), expected, "pv", "ev", "sv", "spi");
    }

    /// <summary>Each piece of work is planned on one day of the first week and earned in part by its hours.</summary>
    private static MetricResult[] Results(IEnumerable<(decimal Weight, int Day, decimal Done)> work, int day)
    {
        var monday = new DateOnly(2026, 1, 5);
        var history = new HistoryBuilder();
        history.Project = history.Project with { Methodology = Methodology.Waterfall };
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

    private static void Check(MetricResult[] results, System.Text.Json.JsonElement expected, params string[] names)
    {
        foreach (var name in names)
        {
            var value = results.Single(r => r.Metric.Name == $"schedule.{name}").ShouldBeOfType<Measurement>().Number.ShouldNotBeNull();
            Math.Abs(value - expected.GetProperty(name).GetDecimal()).ShouldBeLessThanOrEqualTo(0.0005m, name);
        }
    }
}
