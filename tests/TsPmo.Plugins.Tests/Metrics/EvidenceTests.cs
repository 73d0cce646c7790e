using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;
using TsPmo.Testing.Builders;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>The objects that a figure lists as evidence are those it stands on: without them it is another figure, or none.</summary>
public sealed class EvidenceTests
{
    private const string Folder = "tests/TsPmo.Plugins.Tests/Metrics";

    private const string NothingEarned = "where nothing is earned it says so with the planned items and without them";
    private const string NothingCame = "a sum of items that came to nothing is nothing with them and without them";
    private const string WholeDays = "forecasts are whole days and shares of few weeks, which different histories can have in common";
    private const string SameColour = "a colour has few values: what remains can have the same one for another reason";

    /// <summary>Metrics whose value can be the same by chance, and why. Of them it is asked that the value, the number of inputs or one of the inputs changes.</summary>
    private static readonly Dictionary<string, string> Coinciding = new(StringComparer.Ordinal)
    {
        ["schedule.es"] = NothingEarned,
        ["schedule.spi"] = NothingEarned,
        ["schedule.spit"] = NothingEarned,
        ["schedule.svt"] = NothingEarned,
        ["schedule.tspi"] = NothingEarned,
        ["schedule.sv"] = "planned and earned value can be equal with the items and without them",
        ["schedule.scopeGrowth"] = "a baseline of which nothing is left has lost all of it, however much it was",
        ["schedule.milestoneSlip"] = "a milestone that is kept is kept by several items",
        ["delivery.deploymentFrequency.daysPerWeek"] = "a median of weeks that are mostly without deployments is 0 with a few and without any",
        ["sprint.committed"] = NothingCame,
        ["sprint.added"] = NothingCame,
        ["sprint.removed"] = NothingCame,
        ["sprint.reestimated"] = NothingCame,
        ["sprint.completed"] = NothingCame,
        ["sprint.remaining"] = NothingCame,
        ["sprint.velocity"] = NothingCame,
        ["sprint.sayDo"] = NothingCame,
        ["sprint.scopeChange"] = NothingCame,
        ["sprint.carryOver"] = NothingCame,
        ["schedule.finish.p50"] = WholeDays,
        ["schedule.finish.p70"] = WholeDays,
        ["schedule.finish.p85"] = WholeDays,
        ["schedule.finish.p95"] = WholeDays,
        ["schedule.finishProbability"] = WholeDays,
        ["schedule.calibration.p85"] = WholeDays,
        ["flow.efficiency"] = "a share can be the same of fewer items",
        ["flow.predictability"] = "a share can be the same of fewer items",
        ["rag.overall"] = SameColour,
        ["rag.schedule"] = SameColour,
        ["rag.cost"] = SameColour,
        ["rag.scope"] = SameColour,
        ["rag.quality"] = SameColour,
        ["rag.risk"] = SameColour,
    };

    /// <summary>Metrics whose figure cannot tell whether its evidence is there, and why.</summary>
    private static readonly Dictionary<string, string> Indistinct = new(StringComparer.Ordinal)
    {
        ["rag.resources"] = "who has too little to do has the same colour as who has nothing to do",
    };

    private static readonly PluginCatalog Catalog = PluginCatalog.Scan();
    private static readonly MetricSet All = new(Catalog.Metrics, Catalog.Derived);

    public static TheoryData<string> Names => [.. All.Definitions.Select(d => d.Name).Except(Indistinct.Keys)];

    [Theory, MemberData(nameof(Names))]
    public void Taking_the_listed_evidence_away_changes_the_value(string metric)
    {
        var set = All.Only(metric);
        var standing = Histories().SelectMany(h => Unmoved(set, metric, h.History, h.AsOf).Select(r => $"{h.Name}: {r}")).ToList();

        standing.ShouldBeEmpty();
    }

    [Fact]
    public void Only_metrics_that_exist_are_listed() => Coinciding.Keys.Concat(Indistinct.Keys).Except(All.Definitions.Select(d => d.Name)).ShouldBeEmpty();

    /// <summary>Figures that stay what they are although what they stand on is gone.</summary>
    private static IEnumerable<string> Unmoved(MetricSet set, string metric, ProjectHistory history, DateTimeOffset asOf)
    {
        foreach (var result in Figures(set, metric, history, asOf).Where(r => r.Evidence.Count > 0))
        {
            var gone = new HashSet<SourceId>();
            var after = result;
            // What is taken away can uncover other items that count from then on, as a feature does without its stories: they go as well.
            while (after is not null && Said(after) == Said(result) && Grows(gone, after.Evidence))
                after = Figures(set, metric, HistoryWithout.Of(history, gone), asOf).FirstOrDefault(r => r.Subject == result.Subject);
            if (after is not null && Said(after) == Said(result))
                yield return $"{result.Subject} {Said(result)} without {string.Join(",", gone.Order())}";
        }
    }

    private static bool Grows(HashSet<SourceId> gone, IReadOnlyList<Evidence> evidence)
    {
        var before = gone.Count;
        gone.UnionWith(evidence.Select(e => e.Id));
        return gone.Count > before;
    }

    private static IEnumerable<Measurement> Figures(MetricSet set, string metric, ProjectHistory history, DateTimeOffset asOf) =>
        new ProjectSweep(set, history).Results(asOf).OfType<Measurement>().Where(r => r.Metric.Name == metric);

    private static string Said(Measurement result) => string.Join('|',
        [$"{result.Number} {result.Date}", .. Coinciding.ContainsKey(result.Metric.Name) ? result.Inputs.Select(i => i.Value).Prepend($"{result.N}") : []]);

    private static IEnumerable<(string Name, ProjectHistory History, DateTimeOffset AsOf)> Histories()
    {
        foreach (var methodology in Enum.GetValues<Methodology>())
        {
            foreach (var day in new[] { 20, 44, 90 })
                yield return ($"{methodology} on day {day}", SampleYear.Of(methodology, later: day > 44), SampleYear.AsOf.AddDays(day - 44));
        }

        foreach (var name in HistoryCase.Names(Folder))
        {
            var given = HistoryCase.Load(Folder, name);
            if (given.Given is null)
                yield return (name, given.History, given.AsOf);
        }
    }
}
