using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Quality;

namespace TsPmo.Plugins.Metrics.Coverage;

/// <summary>The share of lines that tests ran through, in the newest run of each pipeline.</summary>
public sealed class CoverageMetric : IMetric
{
    private static readonly ShareFigure Figure = new(
        new Figure(ShareFigure.Definition("quality.coverage", "test coverage, share of lines that tests ran through: more is better"), "COV.newestRunOfEachPipeline"),
        "lines covered",
        "lines that could be",
        "No run of a default branch told which lines it covered in the days looked at.");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (asOf, window) => Of(DefaultBranch.RunsIn(history, window, asOf)));

    private static Share Of(IReadOnlyList<RunQuality> all)
    {
        // Lines are added up, not percentages: a small pipeline must not weigh as much as a large one.
        var newest = all.Where(r => r.Coverage?.Coverable > 0).GroupBy(DefaultBranch.PipelineOf).Select(g => g.Last()).ToList();
        var lines = newest.Select(r => r.Coverage).OfType<LineCoverage>().ToList();
        return new(lines.Sum(c => c.Covered), lines.Sum(c => c.Coverable), newest.Count)
        {
            Inputs = [new("pipelines", newest.Count)],
            Evidence = RunEvidence.Of(newest, r => $"{r.Coverage?.Covered} of {r.Coverage?.Coverable} lines"),
        };
    }
}
