using TsPmo.Engine;
using TsPmo.Engine.Reporting.Guides;
using TsPmo.Model.Calendar;
using TsPmo.Model.Measuring;
using TsPmo.Plugins;

namespace TsPmo.Sync.Tests.Cli;

public sealed class MetricGuideTests
{
    private static readonly PmoSetup Setup = new(
        new() { Calendar = new WorkingCalendar(TimeZoneInfo.Utc, [DayOfWeek.Monday], []) }, [], new MetricSet(PluginCatalog.Scan().Metrics, PluginCatalog.Scan().Derived))
    {
        PortfolioMetrics = PluginCatalog.Scan().PortfolioMetrics,
    };

    private static readonly MetricGuide Guide = new(new FixedPmo(Setup));

    [Fact]
    public void Every_metric_that_is_plugged_in_is_explained_with_definition_formula_unit_authority_and_a_worked_case()
    {
        foreach (var definition in Setup.Metrics.Definitions.Concat(Setup.PortfolioMetrics.SelectMany(m => m.Definitions)))
        {
            var text = Guide.Of(definition.Name).ShouldNotBeNull(definition.Name);
            foreach (var heading in new[] { "Definition", "Formula", "Unit and sign", "Authority", "Worked case" })
                text.Section(heading).ShouldNotBeNullOrWhiteSpace($"{definition.Name}: {heading}");
        }
    }

    [Fact]
    public void A_section_ends_where_the_next_one_begins_and_an_unknown_metric_has_no_text()
    {
        var text = Guide.Of("SCHEDULE.svt").ShouldNotBeNull();

        text.Headings.Take(2).ShouldBe(["Definition", "Formula"]);
        text.Section("definition").ShouldStartWith("How many working days the project is ahead of or behind its baseline.");
        text.Section("definition").ShouldNotContain("SV(t) = ES - AT");
        Guide.Of("schedule.nope").ShouldBeNull();
    }
}
