using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.DataQuality;

/// <summary>
/// Says of every figure what is wrong with the items it is made of. It follows from what the metric takes from items, so it is said once for all metrics; a metric
/// that judges one of its inputs itself, with its own weights, says so in its own finding and does not name that input among its needs.
/// </summary>
public static class Concerns
{
    private static readonly Finding Late = new("Provisional", 0, "Hours of days up to this one may still be booked.");

    /// <summary>Adds to a result of a project the findings that concern it.</summary>
    public static Func<MetricResult, MetricResult> Of(ProjectHistory history) => result => Remarked(result, history);

    private static MetricResult Remarked(MetricResult result, ProjectHistory history)
    {
        if (result is not Measurement || result.Metric.Needs == DataNeeds.None)
            return result;
        var found = history.DataQuality.At(result.AsOf).Findings.Where(f => (f.Touches & result.Metric.Needs) != DataNeeds.None).Select(f => f.Finding)
            .Concat(result.Metric.Needs.HasFlag(DataNeeds.Hours) ? [Late] : [])
            .ExceptBy(result.Quality, f => f.Name).ToArray();
        return found.Length == 0 ? result : result with { Findings = [.. result.Findings, .. found] };
    }
}
