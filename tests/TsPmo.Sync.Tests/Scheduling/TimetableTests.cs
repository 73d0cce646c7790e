using TsPmo.Sync.Composition;
using TsPmo.Sync.Tests.Configuration;

namespace TsPmo.Sync.Tests.Scheduling;

/// <summary>The configuration says what starts when.</summary>
public sealed class TimetableTests
{
    [Fact]
    public void Every_connector_is_read_by_its_own_cron_or_by_the_common_one_and_an_empty_cron_switches_off()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("appsettings.json", """
            { "TsPmo": {
              "Schedule": { "TimeZone": "Europe/Zurich", "Sync": "0 0/5 * * * ?", "Reconcile": "0 0 3 * * ?", "Publish": "" },
              "Connectors": {
                "b": { "Type": "Jira", "BaseUrl": "https://b.example", "Auth": { "Kind": "Bearer", "Secret": "s" }, "Schedule": "0 0 * * * ?" },
                "a": { "Type": "Jira", "BaseUrl": "https://a.example", "Auth": { "Kind": "Bearer", "Secret": "s" } } } } }
            """);
        var timetable = ConfiguredTimetable.Of(folder.Load().Configuration.ShouldNotBeNull());
        timetable.Zone.Id.ShouldBe("Europe/Zurich");
        timetable.Entries.Select(e => (e.Name, e.Cron)).ShouldBe([
            ("sync/a", "0 0/5 * * * ?"), ("reconcile/a", "0 0 3 * * ?"), ("sync/b", "0 0 * * * ?"), ("reconcile/b", "0 0 3 * * ?"), ("measure", "0 5 * * * ?"),
        ]);
    }
}
