using TsPmo.Model.Contracts;
using TsPmo.Model.History;

namespace TsPmo.Model.Measuring;

/// <summary>Puts a set of metrics to one project's history: every metric is asked once for all instants, so that a series costs little more than one of them.</summary>
/// <param name="Metrics">The metrics.</param>
/// <param name="History">What happened.</param>
public sealed record ProjectSweep(MetricSet Metrics, ProjectHistory History)
{
    /// <summary>What is said of every measured result besides what its metric says; it enters what is derived from it.</summary>
    public Func<MetricResult, MetricResult> Remark { get; init; } = result => result;

    /// <summary>Told of a metric that failed; the others go on.</summary>
    public Action<MetricDefinition, Exception>? Failed { get; init; }

    /// <summary>Results for each instant, in the order of the instants; of one instant by metric, then subject, those without subject first.</summary>
    public IReadOnlyList<MetricResult> Results(params IReadOnlyList<DateTimeOffset> instants)
    {
        var read = Metrics.Needed(Metrics.Derived.SelectMany(d => d.Reads));
        DateTimeOffset[] asked = [.. instants.Distinct()];
        DateTimeOffset[] before = Metrics.Derived.Count == 0 ? [] : [.. asked.Select(Before).Distinct()];
        var (found, earlier) = (Empty(asked), Empty(before));
        foreach (var metric in Metrics.Measured)
            Add(metric, found, MetricSet.Computes(metric.Definitions, read) ? earlier : []);
        foreach (var metric in Metrics.Derived)
        {
            if (MetricSet.Computes(metric.Definitions, read))
                Add(metric.Definitions[0], earlier, () => metric.Derive(History, [.. before.Select(i => new Evaluation(i, new(earlier[i]), ResultSet.Empty))]));
            Add(metric.Definitions[0], found, () => metric.Derive(History, [.. asked.Select(i => new Evaluation(i, new(found[i]), new(earlier[Before(i)])))]));
        }

        return [.. asked.SelectMany(i => found[i].OrderBy(r => r.Metric.Name, StringComparer.Ordinal).ThenBy(r => r.Subject, StringComparer.Ordinal).ThenBy(r => r.Window?.First))];
    }

    /// <summary>The last instant of the day before, in the PMO's zone; instants have milliseconds.</summary>
    private DateTimeOffset Before(DateTimeOffset instant) => History.Calendar.StartOf(History.Calendar.DayOf(instant)).AddMilliseconds(-1);

    private void Add(IMetric metric, Dictionary<DateTimeOffset, List<MetricResult>> found, Dictionary<DateTimeOffset, List<MetricResult>> earlier)
    {
        var instants = found.Keys.Union(earlier.Keys).Order().ToArray();
        Guard(metric.Definitions[0], () =>
        {
            foreach (var result in metric.Measure(History, instants).Select(Remark).ToList())
            {
                if (found.TryGetValue(result.AsOf, out var now))
                    now.Add(result);
                if (earlier.TryGetValue(result.AsOf, out var then))
                    then.Add(result);
            }
        });
    }

    private void Add(MetricDefinition first, Dictionary<DateTimeOffset, List<MetricResult>> into, Func<IEnumerable<MetricResult>> derive) => Guard(first, () =>
    {
        foreach (var result in derive().ToList())
            into[result.AsOf].Add(result);
    });

    private void Guard(MetricDefinition metric, Action compute)
    {
        try
        {
            compute();
        }
        catch (Exception failure) when (Failed is not null && failure is (ArithmeticException or InvalidOperationException or ArgumentException or KeyNotFoundException))
        {
            Failed?.Invoke(metric, failure);
        }
    }

    private static Dictionary<DateTimeOffset, List<MetricResult>> Empty(IEnumerable<DateTimeOffset> instants) => instants.ToDictionary(i => i, _ => new List<MetricResult>());
}
