using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Sprints;

namespace TsPmo.Plugins.Metrics.Velocity;

/// <summary>Points completed per sprint: of each sprint, and the mean of the project's last six closed ones.</summary>
public sealed class VelocityMetric : IMetric
{
    private static readonly SprintFigure Figure = new(new("sprint.velocity", "velocity, points completed per sprint", "points"), "Velocity.meanOfLast6");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Figure.ProjectAndSprints(history, instants, At);

    private static MetricResult At(IReadOnlyList<SprintTruth> truths)
    {
        decimal[] completed = [.. truths.Select(t => t.Points.Completed)];
        return Figure.Result(truths, completed.Average(),
        [
            new("sprints", $"{truths.Count}: {string.Join(", ", truths.Select(t => $"{t.Sprint.Name} {SprintFigure.Write(t.Points.Completed)}"))}"),
            new("half of the sprints completed at most (P50)", SprintFigure.Write(Observations.Percentile(completed, 50) ?? 0)),
            new("least and most", $"{SprintFigure.Write(completed.Min())} and {SprintFigure.Write(completed.Max())}"),
            new("mean by item", SprintFigure.Write(truths.Average(t => t.Items.Completed))),
        ], s => s.Completed);
    }
}
