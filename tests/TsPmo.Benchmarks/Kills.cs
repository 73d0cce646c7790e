using System.Globalization;
using System.Text;
using TsPmo.Testing.Apps;

namespace TsPmo.Benchmarks;

/// <summary>SIGKILL at twenty random moments of a first pass over the three stand-ins.</summary>
internal static class Kills
{
    private const int Wanted = 20;
    private const int WantedBetween = 5;
    private const int Items = 1000;

    public static async Task<Summary> RunAsync(CancellationToken cancellation)
    {
        await using var experiment = await KillExperiment.PrepareAsync(Items, arguments => RunAsync(arguments, cancellation), cancellation);
        var outcomes = new List<KillOutcome>();
        for (ulong seed = 100; outcomes.Count(o => o.InTheMiddle) < Wanted && seed < 100 + 3 * Wanted; seed++)
            outcomes.Add(await experiment.KillOnceAsync(seed, cancellation));
        var counted = outcomes.Where(o => o.InTheMiddle).ToList();
        var between = counted.Count(o => o.BetweenReceiptAndCommit);
        var differing = outcomes.Count(o => o.DifferingExports.Count > 0);
        return new Summary(
            "Killed in the middle of a pass",
            counted.Count == Wanted && between >= WantedBetween && differing == 0,
            Body(outcomes, counted.Count, between, differing));
    }

    private static async Task RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var run = await TspmoProcess.RunAsync(cancellation, arguments);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"exit code {run.ExitCode}: {run.Errors}");
    }

    private static string Body(List<KillOutcome> outcomes, int counted, int between, int differing)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"A first pass over {Items} items on the three stand-ins, killed (SIGKILL) {outcomes.Count} times, each time on a store of its own, then run again:")
            .AppendLine(CultureInfo.InvariantCulture, $"{counted} kills left some but not all rows, {between} of them came between a page's receipt and its commit;")
            .AppendLine(CultureInfo.InvariantCulture, $"{differing} of the repeated runs gave exports that differ from an undisturbed run's.")
            .AppendLine()
            .AppendLine("| seed | pages received | pages stored | rows left | of | between receipt and commit | differing exports |")
            .AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var o in outcomes)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {o.Seed} | {o.PagesReceived} | {o.PagesStored} | {o.Rows} | {o.AllRows} | {(o.BetweenReceiptAndCommit ? "yes" : "no")} | {(o.DifferingExports.Count == 0 ? "none" : string.Join(' ', o.DifferingExports))} |");
        return text.ToString();
    }
}
