using System.Globalization;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Time;
using TsPmo.Testing.Truth;

namespace TsPmo.Sync.Tests.Truth;

/// <summary>Queries tell time in the account's own zone and in whole minutes. Nothing may be lost while that zone's clocks are put forward or back.</summary>
public sealed class ZoneTests
{
    private const int Minutes = 15;
    private const int Steps = 10;

    [Theory]
    [InlineData("America/New_York", "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z")]
    [InlineData("Pacific/Chatham", "2026-04-04T14:00:00Z", "2026-09-26T14:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-05-04T18:30:00Z", "2026-08-10T03:00:00Z")]
    public Task Nothing_is_lost_around_the_changes_of_the_clocks_in(string zone, string first, string second) =>
        WalkAsync(switches => switches with { ProfileTimeZone = zone }, first, second);

    [Fact]
    public Task Nothing_is_lost_where_the_zone_of_the_account_is_not_told() =>
        WalkAsync(switches => switches with { ProfileTimeZone = "Pacific/Chatham", TellsTimeZone = false }, "2026-04-04T14:00:00Z", "2026-09-26T14:00:00Z");

    private static async Task WalkAsync(Func<Sandbox.Jira.JiraSwitches, Sandbox.Jira.JiraSwitches> set, params string[] changes)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var plan = new TruthPlan { Items = 200, Rounds = 0, Acts = 8, Minutes = Minutes, Faults = 0, Today = new DateOnly(2026, 3, 2) };
        await using var experiment = await TruthExperiment.PrepareAsync(plan, InProcess.Application, cancellation);
        foreach (var tracker in new[] { "jiraCloud", "jiraDc" })
            experiment.Sandbox.Jira(tracker).Switches = set(experiment.Sandbox.Jira(tracker).Switches);
        await experiment.ReadAllAsync();
        foreach (var change in changes)
        {
            await experiment.Sandbox.SetClockAsync(DateTimeOffset.Parse(change, CultureInfo.InvariantCulture).AddMinutes(-Minutes * Steps / 2));
            for (var step = 0; step < Steps; step++)
                await experiment.RoundAsync(new RoundRequest((ulong)(experiment.Passes + 1), plan.Acts, Minutes), swept: false, cancellation);
        }

        var moment = await experiment.KeepAsync("end");
        foreach (var kind in new[] { "work-items", "changes", "time-entries", "links" })
            moment.Differences(kind).ShouldBeEmpty(kind);
    }
}
