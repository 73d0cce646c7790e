using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.LeadTimeForChanges;

/// <summary>How long a change takes from its commit to production.</summary>
public sealed class LeadTimeForChangesMetric : IMetric
{
    private static readonly DeliveryFigure Delivery = new(
        new Figure(
            new MetricDefinition("delivery.leadTime", "lead time for changes, median from commit to production: less is better", "seconds") { Form = new(1) { IsDuration = true } },
            "LT.medianOfChanges"),
        DeliveryFigure.Quarter);

    private static readonly Clusters Clusters = new(Days(1), Days(7), Days(30), IsInclusive: false);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Delivery.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Delivery.Series(history, instants, Of);

    private static MetricResult Of(DeliveryView view)
    {
        var brought = view.Outcomes.Where(o => o.Deployment.HasReached).Select(o => (Outcome: o, Changes: ChangesOf(o))).Where(b => b.Changes.Count > 0).ToList();
        var all = brought.SelectMany(b => b.Changes).ToList();
        var seconds = all.OfType<decimal>().Where(s => s >= 0).ToList();
        MetricResult result = Observations.Median(seconds) is { } median
            ? Delivery.Figure.Known(view.AsOf, median, seconds.Count) with { Band = Clusters.Of(median, seconds.Count) }
            : Delivery.Figure.Unknown(view.AsOf, Reason.NoData, "Of no deployment in the days looked at is it known which commits it brought, and when they were made.");
        return result with
        {
            Inputs = [new("deployments that brought changes", brought.Count), new("changes counted", seconds.Count)],
            Findings = [.. Findings(all, seconds.Count)],
            Evidence = new DeferredList<Evidence>(() => [.. brought.Where(b => b.Changes.Exists(s => s >= 0)).Select(b => Behind(b.Outcome, b.Changes)).OrderBy(e => e.Id)]),
        };
    }

    /// <summary>Seconds from each commit to the deployment's finish, null where its date is not told; of pull requests where no commit has a date.</summary>
    private static List<decimal?> ChangesOf(DeploymentOutcome outcome)
    {
        if (outcome is not { Changes: { } changes, Deployment.FinishedAt: { } finish })
            return [];
        var times = changes.Commits.Select(c => c.At).ToList();
        var opened = changes.PullRequests.Select(p => p.FirstCommitAt).ToList();
        return [.. (times.Exists(t => t is not null) || !opened.Exists(t => t is not null) ? times : opened).Select(t => (decimal?)(finish - t)?.Ticks / TimeSpan.TicksPerSecond)];
    }

    private static IEnumerable<Finding> Findings(List<decimal?> all, int counted)
    {
        var undated = all.Count(s => s is null);
        if (undated > 0)
            yield return new("UndatedChanges", (decimal)undated / all.Count, $"Of {undated} of {all.Count} changes the tracker does not tell when they were made.");
        var early = all.Count - undated - counted;
        if (early > 0)
            yield return new("NegativeLeadTime", (decimal)early / all.Count, $"{early} of {all.Count} changes are dated later than the deployment that brought them, and are left out.");
    }

    private static Evidence Behind(DeploymentOutcome outcome, List<decimal?> changes) => new(
        outcome.Deployment.Id,
        $"{outcome.Deployment.InWords}: brought {changes.Count} changes",
        outcome.Deployment.Url);

    private static decimal Days(int days) => days * 86400m;
}
