using TsPmo.Model.Measuring;

namespace TsPmo.Model.Risks;

/// <summary>Signals that other metrics give about the whole project.</summary>
public static class MetricSignals
{
    private static readonly (string Kind, string Metric, string Words)[] Bands =
    [
        ("ForecastMiss", "schedule.finishProbability", "probability of finishing in time"),
        ("ScopeGrowth", "schedule.scopeGrowth", "growth of scope since the baseline"),
    ];

    private static readonly string[] Indices = ["schedule.spit", "cost.cpi"];

    /// <summary>Names of the metrics that are looked at.</summary>
    public static IReadOnlyList<string> Reads { get; } = [.. Bands.Select(b => b.Metric), .. Indices, "resource.allocation"];

    /// <summary>The signals in what was said as of one instant.</summary>
    /// <param name="results">What was said.</param>
    /// <param name="since">Since when each kind has been there.</param>
    public static IEnumerable<RiskSignal> Of(ResultSet results, Func<string, DateTimeOffset> since)
    {
        foreach (var (kind, metric, words) in Bands)
        {
            if (results.Of(metric) is Measurement { Band: Band.Amber or Band.Red } found)
                yield return new(kind, $"{words}: {found.Text}", since(kind), TrafficLight.Of(found)) { Metric = metric };
        }

        foreach (var metric in Indices.Where(m => results.Of(m)?.Quality.Contains("SuspiciousIndex", StringComparer.Ordinal) == true).Take(1))
            yield return new("PlanQuality", $"{results.Of(metric)?.Metric.Label.Split(':')[0]}: too good for a sound plan", since("PlanQuality"), Band.Amber) { Metric = metric };
        var overloaded = results.All("resource.allocation").Where(r => r is Measurement { Subject: not null, Number: > 1 }).ToArray();
        if (overloaded.Length > 0)
        {
            var people = overloaded.Select(r => r.Subject).Distinct(StringComparer.Ordinal).Count();
            yield return new("OverAllocation", $"{people} {(people == 1 ? "person has" : "people have")} more work than time in a week", since("OverAllocation"), TrafficLight.Worst(overloaded.Select(TrafficLight.Of)) == Band.Red ? Band.Red : Band.Amber) { Metric = "resource.allocation" };
        }
    }
}
