using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Sprints;

namespace TsPmo.Plugins.Metrics.SayDo;

/// <summary>The share of what was committed to that was completed; work added later does not lift it.</summary>
public sealed class SayDoMetric : IMetric
{
    private static readonly SprintFigure Figure = new(
        new("sprint.sayDo", "say/do, share of the committed points that was completed", "ratio") { Form = new(2, IsPadded: true), Limits = new BandLimits(0.85m, 0.70m) }, "SayDo.committedCompleted");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Figure.ProjectAndSprints(history, instants,
        truths => Figure.Rate(history, truths, s => s.CommittedCompleted, s => s.Committed, "committed and completed"));
}
