using TsPmo.Testing.Apps;

namespace TsPmo.Sync.Tests.Kills;

/// <summary>The small form of the benchmark command <c>kills</c>.</summary>
public sealed class KillTests
{
    private const int Kills = 5;

    [Fact]
    public async Task A_pass_killed_at_any_moment_ends_like_one_that_nobody_disturbed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var experiment = await KillExperiment.PrepareAsync(items: 300, RunAsync, cancellation);
        var outcomes = new List<KillOutcome>();
        for (ulong seed = 0; outcomes.Count(o => o.InTheMiddle) < Kills && seed < 3 * Kills; seed++)
            outcomes.Add(await experiment.KillOnceAsync(seed, cancellation));
        outcomes.Count(o => o.InTheMiddle).ShouldBe(Kills, string.Join('\n', outcomes));
        outcomes.Count(o => o.InTheMiddle && o.BetweenReceiptAndCommit).ShouldBeGreaterThanOrEqualTo(2, string.Join('\n', outcomes));
        outcomes.Where(o => o.DifferingExports.Count > 0).ShouldBeEmpty(string.Join('\n', outcomes));
    }

    private static async Task RunAsync(string[] arguments)
    {
        var run = await InProcess.RunAsync(TimeProvider.System, arguments);
        run.ExitCode.ShouldBe(0, run.Errors);
    }
}
