using System.Diagnostics;
using System.Globalization;
using System.Text;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Sync.Tests;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Benchmarks;

/// <summary>Every exported field beside the sandbox's own account: a large portfolio, many rounds of changes, and every tenth request going wrong.</summary>
internal static class Truth
{
    /// <summary>Three in five items are of the two Jiras.</summary>
    public static Task<Summary> MixedAsync(CancellationToken cancellation) =>
        RunAsync("The truth of a large portfolio", "on the three stand-ins", Plan(PortfolioShape.Mixed, 34_000), cancellation);

    public static Task<Summary> OrganisationAsync(CancellationToken cancellation) =>
        RunAsync("The truth of a large organisation", "in twelve projects of one Azure DevOps organisation, three of each process,", Plan(PortfolioShape.Organisation, 20_000), cancellation);

    private static TruthPlan Plan(PortfolioShape shape, int items) => new()
    {
        Shape = shape, Items = Setting.Number("TRUTH_ITEMS", items), Rounds = Setting.Number("TRUTH_ROUNDS", 50), Acts = 200, Seed = (ulong)Setting.Number("TRUTH_SEED", 11),
    };

    private static async Task<Summary> RunAsync(string title, string place, TruthPlan plan, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await using var experiment = await TruthExperiment.PrepareAsync(plan, InProcess.Application, cancellation);
        Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s: the portfolio has happened");
        await experiment.ReadAllAsync();
        Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s: read whole, {experiment.Repeats} repeats");
        var full = experiment.Repeats;
        var first = await CompareAsync(experiment, "first");
        await experiment.FollowAsync(round => Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s: round {round}, {experiment.Repeats} repeats"), cancellation);
        var last = await CompareAsync(experiment, "last");
        return new Summary(title, first.Concat(last).All(c => c.Differences.Count == 0), Opening(plan, place) + Body(experiment, plan, first, last, full, watch.Elapsed));
    }

    private static async Task<List<Comparison>> CompareAsync(TruthExperiment experiment, string name)
    {
        var moment = await experiment.KeepAsync(name);
        var comparisons = TruthExperiment.Identities.Keys.Select(kind => new Comparison(kind, moment.Rows(kind).Count(), moment.Differences(kind))).ToList();
        foreach (var difference in comparisons.SelectMany(c => c.Differences.Select(d => $"{name} {c.Kind}: {d}")))
            Console.Error.WriteLine(difference);
        return comparisons;
    }

    private static string Opening(TruthPlan plan, string place) => string.Create(
        CultureInfo.InvariantCulture,
        $"A portfolio of {plan.Items} items {place} {plan.Faults:P0} of the requests hit by a fault (429 for each of its reasons, 503, answers held back, cut bodies, requests delivered twice, pages delivered twice),\n");

    private static string Body(TruthExperiment experiment, TruthPlan plan, List<Comparison> first, List<Comparison> last, int full, TimeSpan time)
    {
        var requests = experiment.Sandbox.Requests.Counts;
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"read whole and then through {plan.Rounds} rounds with {experiment.Acts} changes (transitions, re-openings, sprint moves, re-estimates, other types, project moves, deletions, items restored, destroyed and hidden, iterations put off, renamed statuses and people), in {time.TotalMinutes:0.0} minutes:")
            .AppendLine(CultureInfo.InvariantCulture, $"{experiment.Passes} passes came to their end, {experiment.Repeats} ended partial by a fault and were done again ({full} of the first); every {plan.SweepEvery}th pass swept.")
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


    private sealed record Comparison(string Kind, int Rows, IReadOnlyList<string> Differences);
}
