using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>What the tests of a run said. The tracker counts a retried test once, with its last result.</summary>
internal static class QualityFacts
{
    public static Normalised Of(JsonElement body)
    {
        if (body.Text("run") is not { } run)
            return AzureDevOpsNormaliser.NotUnderstood("Test results name no run.");
        var (tests, coverage) = (Tests(body.Child("summary")), Coverage(body.Items("coverage")));
        return tests is null && coverage is null ? new([]) : new([new RunQualityFact(run, body.Text("project") ?? "", tests, coverage)]);
    }

    private static TestTotals? Tests(JsonElement? summary)
    {
        if (summary.Child("aggregatedResultsAnalysis").Child("resultsByOutcome") is not { ValueKind: JsonValueKind.Object } outcomes)
            return null;
        var (passed, failed, other) = (0L, 0L, 0L);
        foreach (var outcome in outcomes.EnumerateObject())
        {
            var count = outcome.Value.Whole("count") ?? 0;
            switch ((outcome.Value.Text("outcome") ?? outcome.Name).ToLowerInvariant())
            {
                case "passed":
                    passed += count;
                    break;
                case "failed" or "aborted" or "timeout" or "error":
                    failed += count;
                    break;
                default:
                    other += count;
                    break;
            }
        }

        return passed + failed + other == 0 ? null : new TestTotals(passed, failed, other);
    }

    /// <summary>Lines that were only partly covered are coverable and not covered.</summary>
    private static LineCoverage? Coverage(IEnumerable<JsonElement> statistics)
    {
        var (covered, coverable) = (0L, 0L);
        foreach (var module in statistics)
        {
            var lines = module.Whole("linesCovered") ?? 0;
            covered += lines;
            coverable += lines + (module.Whole("linesNotCovered") ?? 0) + (module.Whole("linesPartiallyCovered") ?? 0);
        }

        return coverable == 0 ? null : new LineCoverage(covered, coverable);
    }
}
