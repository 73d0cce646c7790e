using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Sprints;

namespace TsPmo.Plugins.Metrics.ScopeChange;

/// <summary>How much came and went after the start, against what was committed to.</summary>
public sealed class ScopeChangeMetric : IMetric
{
    private static readonly SprintFigure Figure = new(
        new("sprint.scopeChange", "scope change of sprints, points added and removed against those committed, lower is calmer", "ratio") { Form = new(2, IsPadded: true), Limits = new BandLimits(0.10m, 0.25m) }, "ScopeChange.addedAndRemoved");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Figure.ProjectAndSprints(history, instants,
        truths => Figure.Rate(history, truths, s => s.Added + s.Removed, s => s.Committed, "added and removed"));
}
