using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>What the tests of a run said, added up over its test runs, and how much of the code they covered.</summary>
internal static class QualityFacts
{
    public static Normalised Of(JsonElement body)
    {
        if (body.Text("run") is not { } run)
            return AzureDevOpsNormaliser.NotUnderstood("Test results name no run.");
        var (tests, coverage) = (Tests(body.Items("tests")), Coverage(body.Child("coverage")));
        return tests is null && coverage is null ? new([]) : new([new RunQualityFact(run, body.Text("project") ?? "", tests, coverage)]);
    }

    private static TestTotals? Tests(IEnumerable<JsonElement> runs)
    {
        var (passed, failed, other) = (0L, 0L, 0L);
        foreach (var run in runs)
        {
            var (total, good) = (run.Whole("totalTests") ?? 0, run.Whole("passedTests") ?? 0);
            var idle = (run.Whole("notApplicableTests") ?? 0) + (run.Whole("incompleteTests") ?? 0);
            passed += good;
            other += idle;
            // The number of failures that the tracker tells leaves out those that somebody has looked into.
            failed += Math.Max(0, total - good - idle);
        }

        return passed + failed + other == 0 ? null : new TestTotals(passed, failed, other);
    }

    private static LineCoverage? Coverage(JsonElement? told)
    {
        var (covered, coverable) = (0L, 0L);
        foreach (var lines in Summed(told).Concat(Modules(told)))
        {
            covered += lines.Covered;
            coverable += lines.Coverable;
        }

        return coverable == 0 ? null : new LineCoverage(covered, coverable);
    }

    private static IEnumerable<LineCoverage> Summed(JsonElement? told) => told.Items("coverageData").SelectMany(d => d.Items("coverageStats"))
        .Where(s => s.Text("label")?.StartsWith("line", StringComparison.OrdinalIgnoreCase) == true)
        .Select(s => new LineCoverage(s.Whole("covered") ?? 0, s.Whole("total") ?? 0));

    /// <summary>The older address tells of each module. A line that was covered in part was not covered.</summary>
    private static IEnumerable<LineCoverage> Modules(JsonElement? told) =>
        from module in told.Items("value").SelectMany(c => c.Items("modules"))
        let lines = module.Child("statistics")
        let covered = lines.Whole("linesCovered") ?? 0
        select new LineCoverage(covered, covered + (lines.Whole("linesNotCovered") ?? 0) + (lines.Whole("linesPartiallyCovered") ?? 0));
}
