using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History.Deployments;

/// <summary>Puts finished runs and what their tests said together.</summary>
internal static class QualityReading
{
    public static IReadOnlyList<RunQuality> Read(DeliveryRows rows, DeliveryTrace trace)
    {
        var known = trace.Quality.ToDictionary(q => new SourceId(q.Connector, q.RunId));
        return [.. rows.Runs.Where(r => r.FinishedAt is not null && r.Result != DeploymentResult.Running)
            .Select(r => Of(r, known.GetValueOrDefault(new SourceId(r.Connector, r.Id)))).OrderBy(r => r.FinishedAt).ThenBy(r => r.Id)];
    }

    private static RunQuality Of(PipelineRunRow run, RunQualityRow? quality) => new(
        new SourceId(run.Connector, run.Id), run.Pipeline, run.Branch, run.Result, Instants.FromRow(run.FinishedAt ?? 0),
        quality is { Passed: { } passed, Failed: { } failed, Other: { } other } ? new TestTotals(passed, failed, other) : null,
        quality is { CoveredLines: { } covered, CoverableLines: { } coverable } ? new LineCoverage(covered, coverable) : null,
        run.Url);
}
