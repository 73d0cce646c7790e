using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Pipeline.Measure;

/// <summary>
/// Says of every figure that items went into how many of the project's items can no longer be seen. It concerns what is known, not how a metric computes, so it is said once for all of them.
/// </summary>
internal static class Visibility
{
    private const string Name = "NoLongerVisible";

    /// <summary>A metric's results with the finding where it applies.</summary>
    public static IEnumerable<MetricResult> Measured(IMetric metric, ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        metric.Measure(history, instants).Select(result => Remarked(result, history));

    private static MetricResult Remarked(MetricResult result, ProjectHistory history)
    {
        var hidden = history.Items.Count(i => i.Item.HiddenSince <= result.AsOf && i.IsInAt(result.AsOf));
        if (hidden == 0 || !CountsItems(result, history))
            return result;
        var all = history.Items.Count(i => i.IsInAt(result.AsOf));
        var text = $"{hidden} of {all} items can no longer be seen and count as they were last known.";
        return result with { Findings = [.. result.Findings, new Finding(Name, (decimal)hidden / all, text)] };
    }

    /// <summary>What stands on deployments alone is as true as before.</summary>
    private static bool CountsItems(MetricResult result, ProjectHistory history)
    {
        var items = history.Items.Select(i => i.Item.Id).ToHashSet();
        return result.Evidence.Any(e => items.Contains(e.Id));
    }
}
