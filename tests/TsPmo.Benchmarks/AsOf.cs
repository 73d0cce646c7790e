using System.Diagnostics;
using System.Globalization;
using System.Text;
using TsPmo.Sync.Tests;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Benchmarks;

/// <summary>A year recorded week by week, and each of its weeks measured again from what is known at its end.</summary>
internal static class AsOf
{
    private const int Acts = 150;
    private const int Year = 52;
    private const string Variable = "AS_OF_WEEKS";
    private static readonly int Weeks = Setting.Number(Variable, Year);
    private static readonly TruthPlan Plan = new() { Items = 2000, Rounds = 0, Acts = 0, Faults = 0 };

    public static async Task<Summary> RunAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await using var experiment = await TruthExperiment.PrepareAsync(Plan, InProcess.Application, cancellation);
        await experiment.ReadAllAsync();
        var year = new AsOfExperiment(experiment, InProcess.Application);
        for (var week = 1; week <= Weeks; week++)
        {
            await year.WeekAsync(1000 + (ulong)week, Acts, cancellation);
            Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s: week {week}");
        }

        var differences = await year.DifferencesAsync(asOf => Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s: again {asOf}"));
        foreach (var difference in differences)
            Console.Error.WriteLine(difference);
        return new Summary("What was measured then and what is measured of then", differences.Count == 0, Body(experiment, year, differences.Count, watch.Elapsed))
        {
            Setting = Weeks == Year ? null : (Variable, $"{Weeks}"),
        };
    }

    private static string Body(TruthExperiment experiment, AsOfExperiment year, int differences, TimeSpan time) => new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"A portfolio of {Plan.Items} items on the three stand-ins lived through {Weeks} weeks with {experiment.Acts} changes; each week was read and measured as it ended,")
        .AppendLine(CultureInfo.InvariantCulture, $"and after the last week every one of them was measured again with `measure --as-of`, in {time.TotalMinutes:0.0} minutes in all.")
        .AppendLine()
        .AppendLine("| figures recorded | of them values | provisional ones that moved | others that differ |")
        .AppendLine("| --- | --- | --- | --- |")
        .AppendLine(CultureInfo.InvariantCulture, $"| {year.Figures} | {year.Values} | {year.Moved} | {differences} |")
        .AppendLine()
        .AppendLine(CultureInfo.InvariantCulture, $"A figure is provisional where it says so itself, by one of the findings {string.Join(", ", AsOfExperiment.Provisional.Order(StringComparer.Ordinal))}.")
        .ToString();
}
