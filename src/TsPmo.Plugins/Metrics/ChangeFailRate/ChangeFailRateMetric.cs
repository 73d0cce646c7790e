using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.ChangeFailRate;

/// <summary>The share of deployments to production that failed: there, by an incident, or by being rolled back.</summary>
public sealed class ChangeFailRateMetric : IMetric
{
    private static readonly DeliveryFigure Delivery = new(
        new Figure(
            new MetricDefinition("delivery.changeFailRate", "change fail rate, share of production deployments that failed: less is better", "ratio") { Form = new(1) { IsShare = true } },
            "CFR.deploymentsWithFailure"),
        DeliveryFigure.Quarter);

    private static readonly Clusters Clusters = new(0.05m, 0.10m, 0.15m, IsInclusive: true);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Delivery.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Delivery.Series(history, instants, Of);

    private static MetricResult Of(DeliveryView view)
    {
        var (all, failed) = (view.Outcomes.Count, view.Outcomes.Count(o => o.HasFailed));
        var rate = (decimal)failed / all;
        return Delivery.Figure.Known(view.AsOf, rate, all) with
        {
            Band = Clusters.Of(rate, all),
            Inputs =
            [
                new("deployments to production", all),
                new("of them failed", failed),
                new("failed there", view.Outcomes.Count(o => o.Deployment.Result == DeploymentResult.Failed)),
                new("named as the cause of an incident", view.Outcomes.Count(o => o.Incidents.Any(i => i.IsLinked))),
                new("followed by an incident that names no cause", view.Outcomes.Count(o => o.Incidents.Any(i => !i.IsLinked))),
                new("rolled back", view.Outcomes.Count(o => o.RolledBackBy is not null)),
            ],
            Findings = DeliveryView.Provisional(view.Outcomes),
            Evidence = new DeferredList<Evidence>(() => DeliveryView.Behind(view.Outcomes)),
        };
    }
}
