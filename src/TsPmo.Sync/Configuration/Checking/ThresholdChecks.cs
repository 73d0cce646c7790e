using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether limits are set for metrics that exist.</summary>
internal static class ThresholdChecks
{
    public static void Check(TsPmoOptions options, SettingProblems problems)
    {
        Check("TsPmo:Thresholds", options.Thresholds, problems);
        foreach (var (key, project) in options.Projects)
            Check($"TsPmo:Projects:{key}:Thresholds", project.Thresholds, problems);
    }

    private static void Check(string path, IReadOnlyDictionary<string, ThresholdOptions> thresholds, SettingProblems problems)
    {
        foreach (var metric in thresholds.Keys.Where(m => !FigureNames.All.Contains(m)))
            problems.Add($"{path}:{metric}", null, "is not a metric", NearestName.Advice(metric, FigureNames.All));
    }
}
