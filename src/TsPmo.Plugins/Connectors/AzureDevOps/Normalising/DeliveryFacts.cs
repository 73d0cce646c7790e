using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>Pipeline runs, jobs that deployed to environments, and classic release deployments.</summary>
internal static class DeliveryFacts
{
    public static Normalised OfBuild(JsonElement body)
    {
        var build = body.Child("build") ?? default;
        if (build.Text("id") is not { } id)
            return AzureDevOpsNormaliser.NotUnderstood("A run has no id.");
        var result = build.Word("result", WireEnum.RunResults) switch
        {
            "succeeded" => DeploymentResult.Succeeded,
            "partiallysucceeded" => DeploymentResult.Partial,
            "failed" => DeploymentResult.Failed,
            "canceled" => DeploymentResult.Canceled,
            _ => DeploymentResult.Running,
        };
        var isOver = result != DeploymentResult.Running;
        return new([new RunFact(id, Project(body), build.Child("definition").Text("name") ?? "", result, build.Instant("startTime"),
            isOver ? build.Instant("finishTime") : null, build.Text("sourceVersion"), Web(build) ?? RunAddress(body, id)) { Branch = build.Text("sourceBranch") }]);
    }

    public static Normalised OfJob(JsonElement body)
    {
        var (environment, record) = (body.Child("environment") ?? default, body.Child("record") ?? default);
        if (environment.Text("id") is not { } id || environment.Text("name") is not { } name)
            return AzureDevOpsNormaliser.NotUnderstood("An environment has no id or name.");
        if (record.Text("id") is not { } recordId || record.Child("owner").Text("id") is not { } run)
            return AzureDevOpsNormaliser.NotUnderstood("A deployment record names no run or has no id.");
        var (result, finished) = (JobResult(record), record.Instant("finishTime"));
        var at = finished ?? record.Instant("startTime") ?? record.Instant("queueTime");
        return new([new DeploymentJobFact
        {
            Id = $"{id}/{recordId}",
            DeploymentId = $"environment/{id}/{run}/{record.Text("stageName")}",
            Version = ((at?.ToUnixTimeMilliseconds() ?? 0) * 2) + (result == DeploymentResult.Running ? 0 : 1),
            Project = Project(body),
            Environment = name,
            Pipeline = record.Child("definition").Text("name") ?? "",
            StageAttempt = Attempt(record, "stageAttempt"),
            Job = $"{record.Text("jobName")}/{record.Text("resourceId")}",
            JobAttempt = Attempt(record, "jobAttempt"),
            Result = result,
            StartedAt = record.Instant("startTime"),
            FinishedAt = result == DeploymentResult.Running ? null : finished,
            Url = Web(record.Child("owner") ?? default) ?? RunAddress(body, run),
            RunId = run,
        }]);
    }

    public static Normalised OfRelease(JsonElement body)
    {
        var deployment = body.Child("deployment") ?? default;
        var (release, stage) = (deployment.Child("release"), deployment.Child("releaseEnvironment"));
        if (release.Text("id") is not { } releaseId || stage.Text("id") is not { } stageId)
            return AzureDevOpsNormaliser.NotUnderstood("A classic deployment lacks its release or stage.");
        if (ReleaseResult(deployment) is not { } result)
            return new([]);
        var modified = deployment.Instant("lastModifiedOn");
        var artifact = Primary(body);
        return new([new DeploymentFact
        {
            Id = $"release/{releaseId}/{stageId}",
            Version = Rising(deployment.Whole("attempt") ?? 1, modified, result != DeploymentResult.Running),
            Project = Project(body),
            Environment = stage.Text("name") ?? "",
            Pipeline = deployment.Child("releaseDefinition").Text("name") ?? "",
            Source = DeploymentSource.Release,
            Result = result,
            StartedAt = deployment.Instant("startedOn") ?? deployment.Instant("queuedOn"),
            FinishedAt = result == DeploymentResult.Running ? null : deployment.Instant("completedOn") ?? modified,
            Revision = artifact.Child("sourceVersion").Text("id") ?? artifact.Child("sourceVersion").Text("name"),
            Url = Web(release ?? default) ?? release.Text("webAccessUri"),
            RunId = artifact.Child("version").Text("id"),
        }]);
    }

    /// <summary>A number that rises with each attempt and, within one, with each later state.</summary>
    private static long Rising(long attempt, DateTimeOffset? at, bool isOver)
    {
        const long later = 100_000_000_000_000;
        return (attempt * later) + ((at?.ToUnixTimeSeconds() ?? 0) * 10) + (isOver ? 1 : 0);
    }

    private static string? Web(JsonElement holder) => holder.Child("_links").Child("web").Text("href");

    private static string Project(JsonElement body) => body.Text("project") ?? "";

    private static string RunAddress(JsonElement body, string run) =>
        $"{body.Text("base")}/{Uri.EscapeDataString(Project(body))}/_build/results?buildId={run}";

    private static int Attempt(JsonElement record, string name) => (int)Math.Clamp(record.Whole(name) ?? 1, 1, int.MaxValue);

    /// <summary>"Succeeded with issues" is partial; null where the job was skipped.</summary>
    private static DeploymentResult? JobResult(JsonElement record) => record.Word("result", WireEnum.JobResults) switch
    {
        "succeeded" => DeploymentResult.Succeeded,
        "succeededwithissues" => DeploymentResult.Partial,
        "failed" => DeploymentResult.Failed,
        "canceled" or "abandoned" => DeploymentResult.Canceled,
        "skipped" => null,
        _ => DeploymentResult.Running,
    };

    /// <summary>Null where nothing was deployed (yet): waiting for approval, for an agent, or undefined.</summary>
    private static DeploymentResult? ReleaseResult(JsonElement deployment) => deployment.Word("deploymentStatus", WireEnum.DeploymentStatuses) switch
    {
        "succeeded" => DeploymentResult.Succeeded,
        "partiallysucceeded" => DeploymentResult.Partial,
        "failed" => DeploymentResult.Failed,
        "inprogress" => DeploymentResult.Running,
        "notdeployed" => deployment.Word("operationStatus", WireEnum.OperationStatuses) switch
        {
            "canceled" or "cancelling" or "phasecanceled" or "rejected" => DeploymentResult.Canceled,
            "phasefailed" or "gatefailed" => DeploymentResult.Failed,
            _ => null,
        },
        _ => null,
    };

    private static JsonElement? Primary(JsonElement body)
    {
        var artifacts = body.Items("artifacts").ToList();
        var primary = artifacts.Find(a => a.Flag("isPrimary"));
        return (primary.ValueKind == JsonValueKind.Undefined ? artifacts.FirstOrDefault() : primary).Child("definitionReference");
    }
}
