using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Sprints;

namespace TsPmo.Plugins.Metrics.CarryOver;

/// <summary>The share of what was committed to that was still open at the end.</summary>
public sealed class CarryOverMetric : IMetric
{
    private static readonly SprintFigure Figure = new(
        new("sprint.carryOver", "carry-over, share of the committed points that was left at the end, lower is better", "ratio") { Form = new(2, IsPadded: true), Limits = new BandLimits(0.10m, 0.20m) }, "CarryOver.committedLeft");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Figure.ProjectAndSprints(history, instants,
        truths => Figure.Rate(history, truths, s => s.CommittedCarried, s => s.Committed, "committed and left"));
}
