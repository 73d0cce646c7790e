using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Quality;

namespace TsPmo.Plugins.Metrics.TestPass;

/// <summary>The share of tests of the default branch that passed.</summary>
public sealed class TestPassMetric : IMetric
{
    private static readonly ShareFigure Figure = new(
        new Figure(ShareFigure.Definition("quality.testPass", "test pass rate, share of default-branch test results that passed: more is better", new(0.98m, 0.95m)), "TPR.defaultBranch"),
        "tests that passed",
        "tests that passed or failed",
        "No test of a default branch passed or failed in the days looked at.");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (asOf, window) => Of(DefaultBranch.RunsIn(history, window, asOf)));

    private static Share Of(IReadOnlyList<RunQuality> all)
    {
        var runs = all.Where(r => r.Tests is { } t && t.Passed + t.Failed > 0).ToList();
        var tests = runs.Select(r => r.Tests).OfType<TestTotals>().ToList();
        return new(tests.Sum(t => t.Passed), tests.Sum(t => t.Passed + t.Failed), runs.Count)
        {
            Inputs = [new("neither (not run, ignored, inconclusive)", tests.Sum(t => t.Other)), new("runs with tests", runs.Count), new("runs without", all.Count - runs.Count)],
            Evidence = RunEvidence.Of(runs, r => $"{r.Tests?.Passed} passed, {r.Tests?.Failed} failed"),
        };
    }
}
