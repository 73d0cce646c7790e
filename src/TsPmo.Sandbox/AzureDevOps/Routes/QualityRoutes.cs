using System.Globalization;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Results of tests and coverage of code, by build; on the same base address as on premises. A build that was canceled published neither.</summary>
internal static class QualityRoutes
{
    private static readonly TimeSpan Widest = TimeSpan.FromDays(7);

    public static void Map(RouteTable routes)
    {
        routes.Project(HttpMethods.Get, "testresults/resultsummarybybuild", Summary, preview: true);
        routes.Project(HttpMethods.Get, "testresults/codecoverage", CoverageSummary, preview: true);
        routes.Project(HttpMethods.Get, "test/codecoverage", Coverage, preview: true);
        routes.Project(HttpMethods.Get, "test/runs", Runs);
    }

    private static Answer Summary(ApiCall call)
    {
        var run = Run(call);
        var tests = run.Result is "canceled" or null ? new World.TestSpec(0, 0, 0, 0, 0) : run.Request.Change.Tests;
        var outcomes = new (string Outcome, int Count)[] { ("passed", tests.Passed), ("failed", tests.Failed), ("notExecuted", tests.NotExecuted) }.Where(o => o.Count > 0).ToList();
        return new Answer(new
        {
            aggregatedResultsAnalysis = new
            {
                duration = "00:01:12.3400000",
                totalTests = outcomes.Sum(o => o.Count),
                resultsByOutcome = outcomes.ToDictionary(o => o.Outcome, o => new { outcome = o.Outcome, count = o.Count, duration = "00:00:10" }, StringComparer.Ordinal),
                notReportedResultsByOutcome = new { },
            },
            teamProject = call.Links.ProjectReference(run.Project),
            testResultsContext = new { contextType = "build", build = new { id = run.Id, definitionId = run.Definition.Id, number = run.Number, branchName = "refs/heads/main", buildSystem = "TFS" } },
            totalRunsCount = outcomes.Count > 0 ? 1 : 0,
            noConfigRunsCount = 0,
        });
    }

    private static Answer Coverage(ApiCall call)
    {
        var run = Run(call);
        if (run.Result is "canceled" or null)
            return Answer.List([]);
        var tests = run.Request.Change.Tests;
        var statistics = new { blocksCovered = 0, blocksNotCovered = 0, linesCovered = tests.LinesCovered, linesNotCovered = tests.LinesNotCovered, linesPartiallyCovered = 0 };
        return Answer.List([new { configuration = new { id = 1, flavor = "Release", platform = "Any CPU" }, state = "0", modules = new[] { new { name = "web.dll", blockCount = 0, statistics } } }]);
    }

    private static Answer CoverageSummary(ApiCall call)
    {
        var run = Run(call);
        var tests = run.Request.Change.Tests;
        var lines = new { label = "Lines", position = 4, total = tests.LinesCovered + tests.LinesNotCovered, covered = tests.LinesCovered, isDeltaAvailable = false, delta = 0 };
        var data = run.Result is "canceled" or null ? [] : new[] { new { buildFlavor = "Release", buildPlatform = "Any CPU", coverageStats = new[] { lines } } };
        return new Answer(new
        {
            coverageData = data,
            build = new { id = run.Id.ToString(CultureInfo.InvariantCulture), url = call.Links.Build(run) },
            status = data.Length > 0 ? "finalized" : "none",
            coverageDetailedSummaryStatus = data.Length > 0 ? "codeCoverageSuccess" : "noModulesFound",
        });
    }

    /// <summary>One test run for each build that published results; with bounds those that were last updated between them, which may lie a week apart.</summary>
    private static Answer Runs(ApiCall call)
    {
        var (from, to) = (call.Instant("minLastUpdatedDate"), call.Instant("maxLastUpdatedDate"));
        if (from is null != to is null || to - from > Widest)
            throw Refusal.Bad("The difference between minLastUpdatedDate and maxLastUpdatedDate must not be more than 7 days.", "InvalidPropertyException");
        var runs = call.Organisation.Delivery.Runs.Where(r => r.Project == call.Project && r.Result is not ("canceled" or null) && (from is null || (r.FinishedAt >= from && r.FinishedAt <= to)));
        return Answer.Page([.. runs], call.Number("continuationToken", call.Number("$skip", 0)), Math.Clamp(call.Number("$top", 100), 1, 100), run => Run(call, run));
    }

    private static object Run(ApiCall call, PipelineRun run)
    {
        var tests = run.Request.Change.Tests;
        return new
        {
            id = run.Id,
            name = run.Number,
            isAutomated = true,
            state = "Completed",
            build = new { id = run.Id.ToString(CultureInfo.InvariantCulture), name = run.Number, url = call.Links.Build(run) },
            startedDate = WireDate.WriteFine(run.StartedAt),
            completedDate = WireDate.WriteFine(run.FinishedAt),
            lastUpdatedDate = WireDate.WriteFine(run.FinishedAt),
            passedTests = tests.Passed,
            unanalyzedTests = tests.Failed,
            incompleteTests = 0,
            notApplicableTests = tests.NotExecuted,
            totalTests = tests.Passed + tests.Failed + tests.NotExecuted,
        };
    }

    private static PipelineRun Run(ApiCall call)
    {
        var id = call.Number("buildId", 0);
        return call.Organisation.Delivery.Run(call.Project, id)
            ?? throw Refusal.NotFound($"The requested build {id} could not be found.", "BuildNotFoundException");
    }
}
