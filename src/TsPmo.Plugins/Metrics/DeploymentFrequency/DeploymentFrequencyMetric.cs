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
    private static readonly Figure PerWeek = new(
        new("delivery.deploymentFrequency.perWeek", "deployment frequency, production deployments per week", "deployments per week"), "DF.countPerWeek");
    private static readonly Figure DaysPerWeek = new(
        new("delivery.deploymentFrequency.daysPerWeek", "deployment frequency, median of days with a production deployment per week", "days per week"), "DF.medianDays");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [PerWeek.Metric, DaysPerWeek.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        instants.SelectMany(asOf => At(history, asOf));

    private static IEnumerable<MetricResult> At(ProjectHistory history, DateTimeOffset asOf)
    {
        var production = history.Deployments.Where(d => d.IsProduction && d.FinishedAt <= asOf).ToArray();
        var environments = production
            .GroupBy(d => d.EnvironmentId.ToString(), StringComparer.Ordinal)
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

    private static MetricResult Count(DeploymentWeeks weeks, DateTimeOffset asOf) => weeks.Weeks == 0
        ? Unknown(PerWeek, weeks, asOf)
        : Known(PerWeek.Known(asOf, (decimal)weeks.Deployments.Count / weeks.Weeks, weeks.Deployments.Count), weeks);

    private static MetricResult Days(DeploymentWeeks weeks, DateTimeOffset asOf)
    {
        if (weeks.Weeks == 0)
            return Unknown(DaysPerWeek, weeks, asOf);
        var days = weeks.DaysByWeek();
        var median = Median(days);
        var known = Known(DaysPerWeek.Known(asOf, median, weeks.Weeks), weeks);
        return known with
        {
            Band = weeks.Weeks < FewestWeeksForBand ? null : BandOf(median, weeks.DaysByMonth()),
            Inputs = [.. known.Inputs, new("days with a deployment, week by week", string.Join(", ", days.Select(d => d.ToString(CultureInfo.InvariantCulture))))],
        };
    }

    private static Measurement Known(Measurement known, DeploymentWeeks weeks) => known with
    {
        Window = weeks.Window,
        Inputs =
        [
            new("successful production deployments", weeks.Deployments.Count.ToString(CultureInfo.InvariantCulture)),
            new("complete weeks", weeks.Weeks.ToString(CultureInfo.InvariantCulture)),
        ],
        Evidence = new DeferredList<Evidence>(() => [.. weeks.Deployments.OrderBy(d => d.Id).Select(Behind)]),
    };

    private static NotMeasurable Unknown(Figure figure, DeploymentWeeks weeks, DateTimeOffset asOf) => weeks.FirstEver is null
        ? figure.Unknown(asOf, Reason.NoData, "No successful production deployment is known.")
        : figure.Unknown(asOf, Reason.TooFewSamples, "The first production deployment was this week; no week is complete yet.");

    private static Evidence Behind(Deployment deployment) => new(
        deployment.Id,
        $"{deployment.InWords} ({deployment.Reason})",
        deployment.Url);

    private static Band? BandOf(decimal daysPerWeek, IReadOnlyList<int> daysByMonth) => daysPerWeek switch
    {
        >= 5 => Band.Elite,
        >= 1 => Band.High,
        _ when daysByMonth.Count == 0 => null,
        _ => Median(daysByMonth) >= 1 ? Band.Medium : Band.Low,
    };

    private static decimal Median(IEnumerable<int> values) => Observations.Median(values.Select(v => (decimal)v)) ?? 0;
}
