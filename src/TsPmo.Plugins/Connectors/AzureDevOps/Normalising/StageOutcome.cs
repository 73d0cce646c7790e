using System.Text.Json;
using TsPmo.Model.Delivery;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>
/// What became of one stage of one run: its last attempt, and of each job in it the last attempt. The stage runs while a job does; else it is as bad
/// as its worst job. "Succeeded with issues" is partial.
/// </summary>
internal sealed record StageOutcome(
    string Run, string Stage, string Pipeline, DeploymentResult Result, DateTimeOffset? Started, DateTimeOffset? Finished, long Version, string? Address)
{
    private static readonly DeploymentResult[] WorstFirst =
        [DeploymentResult.Running, DeploymentResult.Failed, DeploymentResult.Canceled, DeploymentResult.Partial, DeploymentResult.Succeeded];

    /// <summary>Null where every job was skipped: nothing was deployed.</summary>
    public static StageOutcome? Of(IEnumerable<JsonElement> records)
    {
        var all = records.Select(r => (Record: r, Attempt: r.Whole("stageAttempt") ?? 1, Job: r.Whole("jobAttempt") ?? 1)).ToList();
        if (all.Count == 0)
            return null;
        var last = all.Max(r => r.Attempt);
        var jobs = all.Where(r => r.Attempt == last)
            .GroupBy(r => (r.Record.Text("jobName"), r.Record.Text("resourceId")))
            .Select(g => g.MaxBy(r => (r.Job, r.Record.Whole("id") ?? 0)))
            .Select(r => (r.Record, r.Job, Result: ResultOf(r.Record)))
            .Where(r => r.Result is not null)
            .ToList();
        if (jobs.Count == 0)
            return null;
        var result = WorstFirst.First(r => jobs.Exists(j => j.Result == r));
        var isOver = result != DeploymentResult.Running;
        var finished = isOver ? jobs.Max(j => j.Record.Instant("finishTime")) : null;
        var latest = jobs.Max(j => j.Record.Instant("finishTime") ?? j.Record.Instant("startTime") ?? j.Record.Instant("queueTime"));
        var first = jobs[0].Record;
        return new(
            first.Child("owner").Text("id") ?? "", first.Text("stageName") ?? "", first.Child("definition").Text("name") ?? "", result,
            jobs.Min(j => j.Record.Instant("startTime")), finished, DeliveryFacts.Rising(last, jobs.Max(j => j.Job), latest, isOver),
            DeliveryFacts.Web(first.Child("owner") ?? default));
    }

    private static DeploymentResult? ResultOf(JsonElement record) => record.Text("result")?.ToLowerInvariant() switch
    {
        "succeeded" => DeploymentResult.Succeeded,
        "succeededwithissues" => DeploymentResult.Partial,
        "failed" => DeploymentResult.Failed,
        "canceled" or "abandoned" => DeploymentResult.Canceled,
        "skipped" => null,
        _ => DeploymentResult.Running,
    };
}
