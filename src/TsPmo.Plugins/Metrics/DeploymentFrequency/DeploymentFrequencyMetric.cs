using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Plugins.Metrics.DeploymentFrequency;

/// <summary>How often the project reaches production: deployments per week, and days with a deployment per week; for all of it and per environment.</summary>
public sealed class DeploymentFrequencyMetric : IMetric
{
    private const int FewestWeeksForBand = 5;
    private static readonly MetricDefinition PerWeek = new("delivery.deploymentFrequency.perWeek", "deployment frequency, production deployments per week", "deployments per week");
    private static readonly MetricDefinition DaysPerWeek = new("delivery.deploymentFrequency.daysPerWeek", "deployment frequency, median of days with a production deployment per week", "days per week");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [PerWeek, DaysPerWeek];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        instants.SelectMany(asOf => At(history, asOf));

    private static IEnumerable<MetricResult> At(ProjectHistory history, DateTimeOffset asOf)
    {
        var production = history.Deployments.Where(d => d.IsProduction && d.FinishedAt <= asOf).ToArray();
        var environments = production
            .GroupBy(d => new SourceId(d.Id.Connector, d.Environment).ToString(), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Subject: (string?)g.Key, Deployments: g.AsEnumerable()));
        foreach (var (subject, deployments) in environments.Prepend((null, production)))
        {
            var weeks = DeploymentWeeks.Before(asOf, history.Calendar, deployments);
            var missed = subject is null ? Missed(history, asOf) : [];
            yield return WithMissed(Count(weeks, asOf), missed) with { Subject = subject };
            yield return WithMissed(Days(weeks, asOf), missed) with { Subject = subject };
        }
    }

    /// <summary>What may have been forgotten in the rules: told to those who ask how the figure came about, and without effect on it.</summary>
    private static IReadOnlyList<MetricInput> Missed(ProjectHistory history, DateTimeOffset asOf) =>
        [.. history.NearMisses.Select(n => (Miss: n, Known: n.At.Where(at => at <= asOf).ToList())).Where(n => n.Known.Count > 0).Select(n => new MetricInput(
            $"not counted: {n.Miss.Name}",
            string.Create(CultureInfo.InvariantCulture, $"{n.Known.Count}, last {n.Known[^1].UtcDateTime:yyyy-MM-dd HH:mm}Z: {n.Miss.Why}")))];

    private static MetricResult WithMissed(MetricResult result, IReadOnlyList<MetricInput> missed) =>
        missed.Count == 0 ? result : result with { Inputs = [.. result.Inputs, .. missed] };

    private static MetricResult Count(DeploymentWeeks weeks, DateTimeOffset asOf)
    {
        const string method = "DF.countPerWeek";
        if (weeks.Weeks == 0)
            return Unknown(PerWeek, method, weeks, asOf);
        var value = (decimal)weeks.Deployments.Count / weeks.Weeks;
        return Known(PerWeek, method, weeks, asOf, value) with { N = weeks.Deployments.Count };
    }

    private static MetricResult Days(DeploymentWeeks weeks, DateTimeOffset asOf)
    {
        const string method = "DF.medianDays";
        if (weeks.Weeks == 0)
            return Unknown(DaysPerWeek, method, weeks, asOf);
        var days = weeks.DaysByWeek();
        var median = Median(days);
        var known = Known(DaysPerWeek, method, weeks, asOf, median);
        return known with
        {
            N = weeks.Weeks,
            Band = weeks.Weeks < FewestWeeksForBand ? null : BandOf(median, weeks.DaysByMonth()),
            Inputs = [.. known.Inputs, new("days with a deployment, week by week", string.Join(", ", days.Select(d => d.ToString(CultureInfo.InvariantCulture))))],
        };
    }

    private static Measurement Known(MetricDefinition metric, string method, DeploymentWeeks weeks, DateTimeOffset asOf, decimal value) => new()
    {
        Metric = metric,
        AsOf = asOf,
        Method = method,
        N = 0,
        Window = weeks.Window,
        Number = value,
        Text = metric.Form.Write(value, metric.Unit, CultureInfo.InvariantCulture),
        Inputs =
        [
            new("successful production deployments", weeks.Deployments.Count.ToString(CultureInfo.InvariantCulture)),
            new("complete weeks", weeks.Weeks.ToString(CultureInfo.InvariantCulture)),
        ],
        Evidence = new DeferredList<Evidence>(() => [.. weeks.Deployments.OrderBy(d => d.Id).Select(Behind)]),
    };

    private static NotMeasurable Unknown(MetricDefinition metric, string method, DeploymentWeeks weeks, DateTimeOffset asOf) => new()
    {
        Metric = metric,
        AsOf = asOf,
        Method = method,
        N = 0,
        Reason = weeks.FirstEver is null ? Reason.NoData : Reason.TooFewSamples,
        Because = weeks.FirstEver is null
            ? "No successful production deployment is known."
            : "The first production deployment was this week; no week is complete yet.",
    };

    private static Evidence Behind(Deployment deployment) => new(
        deployment.Id,
        string.Create(CultureInfo.InvariantCulture, $"{deployment.Pipeline} to {deployment.Environment}, finished {deployment.FinishedAt?.UtcDateTime:yyyy-MM-dd HH:mm}Z ({deployment.Reason})"),
        deployment.Url);

    private static decimal Median(IReadOnlyList<int> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2m;
    }

    private static Band? BandOf(decimal daysPerWeek, IReadOnlyList<int> daysByMonth) => daysPerWeek switch
    {
        >= 5 => Band.Elite,
        >= 1 => Band.High,
        _ when daysByMonth.Count == 0 => null,
        _ => Median(daysByMonth) >= 1 ? Band.Medium : Band.Low,
    };
}
