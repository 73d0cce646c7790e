using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;
using TsPmo.Testing.Builders;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>How figures of schedule and cost hang together, over drawn projects and instants.</summary>
public sealed class ValueIdentityTests
{
    private const decimal Tolerance = 0.0000001m;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory, MemberData(nameof(Seeds))]
    public void Cost_figures_add_up(int seed)
    {
        foreach (var figures in Figures(seed))
        {
            Same(figures["cost.etc"] + figures["cost.ac"], figures["cost.eac.cpi"]);
            Same(figures["cost.vac"] + figures["cost.eac.cpi"], Bac(figures));
            Same(figures["cost.cv"], figures["cost.cpi"] * figures["cost.ac"] - figures["cost.ac"]);
            Same(figures["cost.eac.budgetRate"], figures["cost.ac"] + Bac(figures) - (figures["cost.cv"] + figures["cost.ac"]));
            if (figures["cost.tcpi.eac"] is > 0 and var needed)
                Same(needed, figures["cost.cpi"]);
            if (figures["cost.cpi"] is > 0 and var cost && figures["schedule.spi"] is { } time)
                (Math.Abs(cost - time) < Tolerance).ShouldBe(Math.Abs(figures["cost.ac"].ShouldNotBeNull() - PlannedMoney(figures)) < Tolerance * 1000);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Schedule_figures_add_up(int seed)
    {
        foreach (var figures in Figures(seed))
        {
            Same(figures["schedule.sv"], figures["schedule.ev"] - figures["schedule.pv"]);
            if (figures["schedule.spit"] is > 0 and var speed)
            {
                var actual = figures["schedule.es"] / speed;
                Same(figures["schedule.svt"], figures["schedule.es"] - actual);
                var planned = figures["schedule.ieact"] * speed;
                if (planned - actual > Tolerance && figures["schedule.tspi"] is > 0 and var needed)
                    Same(needed * (planned - actual), planned - figures["schedule.es"]);
            }
        }
    }

    private static decimal? Bac(Dictionary<string, decimal?> figures) => figures["cost.ac"] is null || figures["cost.eac.cpi"] is null ? null : 10000;

    private static decimal PlannedMoney(Dictionary<string, decimal?> figures) => 10000 * (figures["schedule.pv"] ?? 0) / (figures["schedule.bac"] ?? 1);

    /// <summary>Where one side is not measurable the other must not be either.</summary>
    private static void Same(decimal? left, decimal? right)
    {
        if (left is { } l && right is { } r)
            Math.Abs(l - r).ShouldBeLessThanOrEqualTo(Tolerance * Math.Max(1, Math.Abs(r)));
    }

    private static IEnumerable<Dictionary<string, decimal?>> Figures(int seed)
    {
        var history = Draw(new Draws(seed));
        DateTimeOffset[] instants = [.. Enumerable.Range(0, 12).Select(week => Start.AddDays(7 * week + seed % 7))];
        var results = PluginCatalog.Scan().Metrics.Where(m => m.Definitions.Any(d => d.Name.StartsWith("schedule.", StringComparison.Ordinal) || d.Name.StartsWith("cost.", StringComparison.Ordinal)))
            .SelectMany(m => m.Measure(history, instants)).Where(r => r.Subject is null);
        return results.GroupBy(r => r.AsOf).Select(g => g.ToDictionary(r => r.Metric.Name, r => (r as Measurement)?.Number, StringComparer.Ordinal));
    }

    private static ProjectHistory Draw(Draws draw)
    {
        var history = new HistoryBuilder();
        history.Project = history.Project with
        {
            Methodology = (Methodology)draw.Next(4),
            Plan = history.Project.Plan with { Finish = new(2026, 3, 27), Budget = 10000, Currency = "EUR" },
            Rates = new([new(new(2026, 1, 1)) { Default = 75 }], [], new Dictionary<string, string>()),
        };
        for (var i = 0; i < 10; i++)
        {
            var due = new DateOnly(2026, 1, 8).AddDays(draw.Next(60));
            var item = history.Item($"{i}").With("points", (decimal?)(1 + draw.Next(8))).With("plannedStart", (DateOnly?)due.AddDays(-draw.Next(10))).With("plannedFinish", (DateOnly?)due);
            if (draw.Next(3) > 0)
                item.Change(Start.AddDays(draw.Next(80)), "state", State.Done);
            for (var entry = draw.Next(4); entry > 0; entry--)
                history.Hours($"{i}", "ada", Start.AddDays(draw.Next(80)), 1 + draw.Next(11));
        }

        return history.Build();
    }
}
