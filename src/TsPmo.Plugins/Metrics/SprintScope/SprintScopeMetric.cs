using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Sprints;

namespace TsPmo.Plugins.Metrics.SprintScope;

/// <summary>What each sprint held at its start, what came and went, and what was done and left at its end.</summary>
public sealed class SprintScopeMetric : IMetric
{
    private static readonly (SprintFigure Figure, Func<SprintSums, decimal> Part)[] Parts =
    [
        (Of("committed", "committed, points in the sprint before its start"), s => s.Committed),
        (Of("added", "added, points that entered the sprint after its start"), s => s.Added),
        (Of("removed", "removed, points that left the sprint unfinished after its start"), s => s.Removed),
        (Of("reestimated", "re-estimated, change of points inside the sprint, + is more work", isSigned: true), s => s.Reestimated),
        (Of("completed", "completed, points finished in the sprint"), s => s.Completed),
        (Of("remaining", "remaining, points in the sprint that are not finished"), s => s.Remaining),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [.. Parts.Select(p => p.Figure.Metric)];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        instants.SelectMany(asOf => Parts.SelectMany(p => p.Figure.PerSprint(history, [asOf], truth => p.Figure.Sum(truth, p.Part))));

    private static SprintFigure Of(string name, string label, bool isSigned = false) =>
        new(new($"sprint.{name}", label, "points") { Form = new() { IsSigned = isSigned } }, "Sprint.rebuilt");
}
