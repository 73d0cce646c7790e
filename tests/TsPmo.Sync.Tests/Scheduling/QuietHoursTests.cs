using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TsPmo.Engine.Scheduling;
using TsPmo.Engine.Storage;
using TsPmo.Plugins;
using TsPmo.Sync.Composition;
using TsPmo.Sync.Tests.Configuration;
using TsPmo.Testing.Time;

namespace TsPmo.Sync.Tests.Scheduling;

/// <summary>Nothing is published by itself while people have their evening.</summary>
public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("2026-03-02T16:59:00Z", WorkResult.Done)] // 17:59 in Zurich
    [InlineData("2026-03-02T17:00:00Z", WorkResult.LeftOut)] // 18:00
    [InlineData("2026-03-02T23:30:00Z", WorkResult.LeftOut)] // half past midnight
    [InlineData("2026-03-03T05:59:00Z", WorkResult.LeftOut)] // 06:59
    [InlineData("2026-03-03T06:00:00Z", WorkResult.Done)] // 07:00: the end is exclusive
    public async Task Scheduled_publishing_keeps_quiet_hours_in_the_zone_of_the_pmo(string now, WorkResult expected)
    {
        using var folder = new ConfigurationFolder();
        folder.Write("appsettings.json", """{ "TsPmo": { "Schedule": { "TimeZone": "Europe/Zurich" } } }""");
        var clock = new FakeClock(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders())
            .AddApplication(folder.Load().Configuration.ShouldNotBeNull(), PluginCatalog.Scan(), clock).AddSingleton<ScheduledWork>().BuildServiceProvider();
        (await services.GetRequiredService<IStore>().OpenAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
        var outcome = await services.GetRequiredService<ScheduledWork>().RunAsync(WorkKind.Publish, null, TestContext.Current.CancellationToken);
        outcome.Result.ShouldBe(expected);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
