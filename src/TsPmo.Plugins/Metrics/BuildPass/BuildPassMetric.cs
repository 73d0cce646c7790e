using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Quality;

namespace TsPmo.Plugins.Metrics.BuildPass;

/// <summary>The share of builds of the default branch that succeeded.</summary>
public sealed class BuildPassMetric : IMetric
{
    private static readonly ShareFigure Figure = new(
        new Figure(ShareFigure.Definition("quality.buildPass", "build pass rate, share of default-branch builds that succeeded: more is better", new(0.90m, 0.75m)), "BPR.defaultBranch"),
        "builds that succeeded",
        "builds",
        "No build of a default branch ended in the days looked at.");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (asOf, window) => Of(DefaultBranch.RunsIn(history, window, asOf)));

    private static Share Of(IReadOnlyList<RunQuality> runs) => new(runs.Count(r => r.Result == DeploymentResult.Succeeded), runs.Count, runs.Count)
    {
        Inputs = [new("succeeded only in part", runs.Count(r => r.Result == DeploymentResult.Partial))],
        Evidence = RunEvidence.Of(runs, r => r.Result.ToString().ToLowerInvariant()),
    };
}
