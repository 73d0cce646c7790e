using System.Diagnostics;
using System.Globalization;
using System.Text;
using TsPmo.Sync.Tests;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Benchmarks;

/// <summary>Every exported field beside the sandbox's own account: a large portfolio, many rounds of changes, and every tenth request going wrong.</summary>
internal static class Truth
{
    private static readonly TruthPlan Plan = new() { Items = Number("TRUTH_ITEMS", 20_000), Rounds = Number("TRUTH_ROUNDS", 50), Acts = 200, Seed = (ulong)Number("TRUTH_SEED", 11) };

    public static async Task<Summary> RunAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await using var experiment = await TruthExperiment.PrepareAsync(Plan, InProcess.Application, cancellation);
        Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s: the portfolio has happened");
        await experiment.ReadAllAsync();
        Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s: read whole, {experiment.Repeats} repeats");
        var full = experiment.Repeats;
        var first = await CompareAsync(experiment, "first");
        await experiment.FollowAsync(round => Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s: round {round}, {experiment.Repeats} repeats"), cancellation);
        var last = await CompareAsync(experiment, "last");
        return new Summary("The truth of a large portfolio", first.Concat(last).All(c => c.Differences.Count == 0), Body(experiment, first, last, full, watch.Elapsed));
    }

    private static async Task<List<Comparison>> CompareAsync(TruthExperiment experiment, string name)
    {
        var moment = await experiment.KeepAsync(name);
        var comparisons = TruthExperiment.Identities.Keys.Select(kind => new Comparison(kind, moment.Rows(kind).Count(), moment.Differences(kind))).ToList();
        foreach (var difference in comparisons.SelectMany(c => c.Differences.Select(d => $"{name} {c.Kind}: {d}")))
            Console.Error.WriteLine(difference);
        return comparisons;
    }

    private static string Body(TruthExperiment experiment, List<Comparison> first, List<Comparison> last, int full, TimeSpan time)
    {
        var requests = experiment.Sandbox.Requests.Counts;
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"A portfolio of {Plan.Items} items on the three stand-ins, {Plan.Faults:P0} of the requests to Jira hit by a fault (429 for each of its reasons, 503, cut bodies, requests delivered twice, pages delivered twice),")
            .AppendLine(CultureInfo.InvariantCulture, $"read whole and then through {Plan.Rounds} rounds with {experiment.Acts} changes (transitions, re-openings, sprint moves, re-estimates, project moves, deletions, hidden items, renamed statuses and people), in {time.TotalMinutes:0.0} minutes:")
            .AppendLine(CultureInfo.InvariantCulture, $"{experiment.Passes} passes came to their end, {experiment.Repeats} ended partial by a fault and were done again ({full} of the first); every {Plan.SweepEvery}th pass swept.")
            .AppendLine(CultureInfo.InvariantCulture, $"Requests: {string.Join(", ", requests.Select(r => $"{r.Key} {r.Value}"))}.")
            .AppendLine()
            .AppendLine("Every field of every row of each export beside the truth:")
            .AppendLine()
            .AppendLine("| export | rows after the full pass | differences | rows after all rounds | differences |")
            .AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var (before, after) in first.Zip(last))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {before.Kind} | {before.Rows} | {before.Differences.Count} | {after.Rows} | {after.Differences.Count} |");
        return text.ToString();
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private sealed record Comparison(string Kind, int Rows, IReadOnlyList<string> Differences);
}
