namespace TsPmo.Model.Measuring;

/// <summary>
/// What the metrics of a project said as of an instant, and what they said in the evaluation before it: the end of the calendar's previous day. It does not matter when
/// passes ran, so that a past evaluation gives today what it gave then.
/// </summary>
/// <param name="AsOf">The instant, inclusive.</param>
/// <param name="Results">What was said as of it.</param>
/// <param name="Before">What was said at the end of the day before; empty for an evaluation that is itself one before another, so a metric that looks at it is read by no derived metric.</param>
public sealed record Evaluation(DateTimeOffset AsOf, ResultSet Results, ResultSet Before);

/// <summary>Results of one instant, found by the names of their metrics.</summary>
public sealed class ResultSet
{
    private readonly ILookup<string, MetricResult> _byMetric;

    /// <summary>A set of results in any order.</summary>
    public ResultSet(IEnumerable<MetricResult> results) => _byMetric = results.ToLookup(r => r.Metric.Name, StringComparer.Ordinal);

    /// <summary>Nothing was said.</summary>
    public static ResultSet Empty { get; } = new([]);

    /// <summary>The result of a metric about the project itself; null where there is none.</summary>
    public MetricResult? Of(string metric) => _byMetric[metric].FirstOrDefault(r => r.Subject is null);

    /// <summary>Every result of a metric, those about sprints, milestones and others included.</summary>
    public IEnumerable<MetricResult> All(string metric) => _byMetric[metric];
}
