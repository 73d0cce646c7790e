using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Sync.Tests.Truth;

/// <summary>What was measured at an instant and what is measured of that instant later. The benchmark <c>as-of</c> does the same over a whole year.</summary>
public sealed class AsOfTests
{
    [Fact]
    public async Task Measuring_a_past_week_gives_what_a_run_of_that_week_gave_except_where_that_said_it_was_provisional()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var experiment = await TruthExperiment.PrepareAsync(new TruthPlan { Items = 150, Rounds = 0, Acts = 0, Faults = 0 }, InProcess.Application, cancellation);
        await experiment.ReadAllAsync();
        var weeks = new AsOfExperiment(experiment, InProcess.Application);

        for (var week = 1ul; week <= 3; week++)
            await weeks.WeekAsync(seed: 100 + week, acts: 60, cancellation);

        (await weeks.DifferencesAsync()).ShouldBeEmpty();
        weeks.Values.ShouldBeGreaterThan(100);
    }
}
