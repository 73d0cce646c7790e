using System.Globalization;
using TsPmo.Model.Governance;
using TsPmo.Plugins;
using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether limits are set for metrics that have any, and in the order in which the metric gets worse.</summary>
internal sealed class ThresholdChecks(PluginCatalog catalog, SettingProblems problems)
{
    private readonly Dictionary<string, BandLimits> _banded = Banded(catalog);

    public void Check(TsPmoOptions options)
    {
        Check("TsPmo:Thresholds", options.Thresholds);
        foreach (var (key, project) in options.Projects)
            Check($"TsPmo:Projects:{key}:Thresholds", project.Thresholds);
    }

    private void Check(string path, IReadOnlyDictionary<string, ThresholdOptions> thresholds)
    {
        foreach (var (metric, limits) in thresholds)
        {
            if (_banded.TryGetValue(metric, out var own))
                CheckOrder($"{path}:{metric}", limits, own);
            else if (FigureNames.All.Contains(metric))
                problems.Add($"{path}:{metric}", null, "is a metric whose limits cannot be set", "remove it; limits can be set for " + string.Join(", ", _banded.Keys.Order(StringComparer.Ordinal)));
            else
                problems.Add($"{path}:{metric}", null, "is not a metric", NearestName.Advice(metric, _banded.Keys));
        }
    }

    /// <summary>The metric's own limits show in which direction it gets worse.</summary>
    private void CheckOrder(string path, ThresholdOptions limits, BandLimits own)
    {
        if (limits is not { Amber: { } amber, Red: { } red })
            return;
        var falls = own.Amber > own.Red;
        if (falls ? amber < red : amber > red)
            problems.Add($"{path}:Red", Text(red), $"lies on the wrong side of Amber, {Text(amber)}", $"write a value {(falls ? "below" : "above")} Amber, or the same for no amber at all; the metric's own are {Text(own.Amber)} and {Text(own.Red)}");
    }

    private static Dictionary<string, BandLimits> Banded(PluginCatalog catalog)
    {
        var banded = new Dictionary<string, BandLimits>(StringComparer.Ordinal);
        foreach (var definition in catalog.Definitions)
        {
            if (definition.Limits is { } limits)
                banded[definition.Name] = limits;
        }

        return banded;
    }

    private static string Text(decimal limit) => limit.ToString(CultureInfo.InvariantCulture);
}
