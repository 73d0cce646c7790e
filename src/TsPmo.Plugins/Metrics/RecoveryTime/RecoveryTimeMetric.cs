using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.RecoveryTime;

/// <summary>How long it takes until what a deployment broke works again.</summary>
public sealed class RecoveryTimeMetric : IMetric
{
    private static readonly DeliveryFigure Delivery = new(
        new Figure(
            new MetricDefinition("delivery.recoveryTime", "failed deployment recovery time, median from the deployment to its repair: less is better", "seconds") { Form = new(1) { IsDuration = true } },
            "FDRT.medianOfDeployments"),
        DeliveryFigure.Quarter);

    private static readonly Clusters Clusters = new(3600, 86400, 7 * 86400, IsInclusive: false);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Delivery.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Delivery.Series(history, instants, Of);

    private static MetricResult Of(DeliveryView view)
    {
        var failed = view.Outcomes.Where(o => o.HasFailed).ToList();
        if (failed.Count == 0)
            return Delivery.Figure.Unknown(view.AsOf, Reason.NoData, "No deployment of the days looked at failed.");
        var recovered = failed.Where(o => Seconds(o) >= 0).ToList();
        MetricResult result = Observations.Median(recovered.Select(o => Seconds(o) ?? 0)) is { } median
            ? Delivery.Figure.Known(view.AsOf, median, recovered.Count) with { Band = Clusters.Of(median, recovered.Count) }
            : Delivery.Figure.Unknown(view.AsOf, Reason.NoData, "Deployments failed, and of none is it known that it was repaired.");
        return result with
        {
            Inputs = [.. Inputs(view, failed, recovered.Count)],
            Findings = [.. DeliveryView.Provisional(failed), .. Early(failed)],
            Evidence = new DeferredList<Evidence>(() => DeliveryView.Behind(recovered)),
        };
    }

    private static IEnumerable<MetricInput> Inputs(DeliveryView view, List<DeploymentOutcome> failed, int recovered)
    {
        yield return new("deployments that failed", failed.Count);
        yield return new("of them repaired", recovered);
        var open = failed.Where(o => o.RecoveredAt is null).ToList();
        if (open.Count > 0)
            yield return new("still broken", $"{open.Count}, the oldest since {Written((view.AsOf - open.Min(o => o.Deployment.FinishedAt))?.Ticks ?? 0)}");
        var incidents = failed.SelectMany(o => o.Incidents).DistinctBy(i => i.Item.Id).Where(i => i.EndedAt is not null);
        if (Observations.Median(incidents.Select(i => (decimal)((i.EndedAt ?? default) - i.Item.Created).Ticks)) is { } median)
            yield return new("median of their incidents, from creation to end (TTR.incident)", Written(median));
    }

    private static IEnumerable<Finding> Early(List<DeploymentOutcome> failed)
    {
        var early = failed.Count(o => Seconds(o) < 0);
        if (early > 0)
            yield return new("NegativeRecovery", (decimal)early / failed.Count, $"{early} of {failed.Count} deployments were repaired before they had ended, and are left out.");
    }

    private static decimal? Seconds(DeploymentOutcome outcome) => (decimal?)(outcome.RecoveredAt - outcome.Deployment.FinishedAt)?.Ticks / TimeSpan.TicksPerSecond;

    private static string Written(decimal ticks) => Delivery.Figure.Metric.Form.Write(ticks / TimeSpan.TicksPerSecond, "seconds", CultureInfo.InvariantCulture);
}
