using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.ReworkRate;

/// <summary>The share of deployments to production that were made to repair something.</summary>
public sealed class ReworkRateMetric : IMetric
{
    private static readonly DeliveryFigure Delivery = new(
        new Figure(
            new MetricDefinition("delivery.reworkRate", "deployment rework rate, share of production deployments made to repair something: less is better", "ratio") { Form = new(1) { IsShare = true } },
            "DRR.unplannedDeployments"),
        DeliveryFigure.HalfYear);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Delivery.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Delivery.Series(history, instants, Of);

    private static MetricResult Of(DeliveryView view)
    {
        var unplanned = view.Outcomes.Where(o => o.WhyUnplanned is not null).ToList();
        return Delivery.Figure.Known(view.AsOf, (decimal)unplanned.Count / view.Outcomes.Count, view.Outcomes.Count) with
        {
            Inputs = [new("deployments to production", view.Outcomes.Count), new("of them made to repair something", unplanned.Count)],
            Evidence = new DeferredList<Evidence>(() => [.. view.Outcomes.Select(Behind).OrderBy(e => e.Id)]),
        };
    }

    private static Evidence Behind(DeploymentOutcome outcome) =>
        new(outcome.Deployment.Id, $"{outcome.Deployment.InWords}: {outcome.WhyUnplanned ?? "planned"}", outcome.Deployment.Url);
}
