using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Plugins;
using TsPmo.Testing.Builders;

namespace TsPmo.Sync.Tests.Configuration;

/// <summary>Limits that an administrator sets decide the band.</summary>
public sealed class ThresholdTests
{
    private const string Metric = "schedule.spit";

    [Theory]
    [InlineData("{}", "{}", Band.Red)]
    [InlineData("""{ "schedule.spit": { "Amber": 0.8, "Red": 0.7 } }""", "{}", Band.Amber)]
    [InlineData("{}", """{ "schedule.spit": { "Amber": 0.8, "Red": 0.7 } }""", Band.Amber)]
    [InlineData("""{ "schedule.spit": { "Amber": 0.8, "Red": 0.7 } }""", """{ "schedule.spit": { "Amber": 0.75, "Red": 0.7 } }""", Band.Green)]
    public void A_projects_limits_come_before_those_of_the_PMO_and_these_before_the_metrics_own(string common, string own, Band band)
    {
        using var folder = new ConfigurationFolder();
        folder.Write("appsettings.json", $$"""{ "TsPmo": { "Thresholds": {{common}}, "Projects": { "P": { "Thresholds": {{own}} } } } }""");
        var limits = folder.Load().Configuration.ShouldNotBeNull().Pmo.Projects["P"].Thresholds;
        BandOfSeventyEightPercent(limits).ShouldBe(band);
    }

    [Fact]
    public void Limits_that_cannot_work_are_told_with_what_is_right() =>
        ConfigurationFolder.Mistakes("""
            { "TsPmo": {
              "Thresholds": { "schedule.spit": { "Amber": 0.9, "Red": 0.95 }, "schedule.sv": { "Amber": 1, "Red": 0 } },
              "Projects": { "P": { "Thresholds": { "schedule.spit": { "Amber": 0.9 } } } } } }
            """).ShouldBe([
            "TsPmo:Projects:P:Thresholds:schedule.spit:Red: is missing; give it: Limit between amber and red; the limit itself is amber.",
            "TsPmo:Thresholds:schedule.spit:Red: \"0.95\" lies on the wrong side of Amber, 0.9; write a value below Amber, or the same for no amber at all; the metric's own are 0.95 and 0.90.",
            $"TsPmo:Thresholds:schedule.sv: is a metric whose limits cannot be set; remove it; limits can be set for {string.Join(", ", Banded)}.",
        ]);

    private static IEnumerable<string> Banded => PluginCatalog.Scan().Definitions.Where(d => d.Limits is not null).Select(d => d.Name).Order(StringComparer.Ordinal);

    /// <summary>The band of a project that earned 14 planned days in 18: red by the metric's own limits.</summary>
    private static Band? BandOfSeventyEightPercent(IReadOnlyDictionary<string, BandLimits> limits)
    {
        var given = HistoryCase.Load("tests/TsPmo.Plugins.Tests/Metrics", "SchedulePerformanceTime/Cases/red.json");
        var history = new ProjectHistory
        {
            Project = given.History.Project with { Thresholds = limits }, Calendar = given.History.Calendar, Items = given.History.Items,
        };
        return PluginCatalog.Scan().Metrics.Single(m => m.Definitions.Any(d => d.Name == Metric))
            .Measure(history, [given.AsOf]).OfType<Measurement>().ShouldHaveSingleItem().Band;
    }
}
