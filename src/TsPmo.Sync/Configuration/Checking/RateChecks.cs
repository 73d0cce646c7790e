using System.Globalization;
using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether of any two tables of rates it is clear which one holds on a day.</summary>
internal static class RateChecks
{
    public static void Check(TsPmoOptions options, SettingProblems problems)
    {
        Check("TsPmo:Rates", options.Rates, problems);
        foreach (var (key, project) in options.Projects)
            Check($"TsPmo:Projects:{key}:Rates", project.Rates, problems);
    }

    private static void Check(string path, IReadOnlyDictionary<string, RateOptions> tables, SettingProblems problems)
    {
        var first = new Dictionary<DateOnly, string>();
        foreach (var (name, table) in tables)
        {
            if (table.From is { } from && !first.TryAdd(from, name))
                problems.Add($"{path}:{name}:From", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"is also the first day of {first[from]}", "give every table a first day of its own, or join the two");
        }
    }
}
