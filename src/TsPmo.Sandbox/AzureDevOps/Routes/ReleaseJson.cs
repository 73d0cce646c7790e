using TsPmo.Sandbox.AzureDevOps.Acts;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>
/// Classic releases as the wire shows them: dates that mean "none" are the first of January of the year 1, and every third deployment
/// has no completedOn, so that readers must fall back to lastModifiedOn.
/// </summary>
internal static class ReleaseJson
{
    public static object Deployment(ApiCall call, ReleaseDeployment deployment) => new
    {
        id = deployment.Id,
        release = Reference(call, deployment),
        releaseDefinition = Definition(call, deployment),
        releaseEnvironment = Stage(deployment),
        projectReference = Project(deployment),
        definitionEnvironmentId = deployment.Definition.Id,
        attempt = deployment.Attempt,
        reason = "manual",
        deploymentStatus = deployment.Status,
        operationStatus = deployment.OperationStatus,
        requestedBy = call.Links.Identity(call.Caller),
        requestedFor = call.Links.Identity(call.Caller),
        queuedOn = WireDate.None,
        startedOn = WireDate.WriteFine(deployment.StartedAt),
        completedOn = deployment.Id % 3 == 0 ? null : WireDate.WriteFine(deployment.FinishedAt),
        lastModifiedOn = WireDate.WriteFine(deployment.ModifiedAt),
        lastModifiedBy = call.Links.Identity(call.Caller),
        conditions = Array.Empty<object>(),
        scheduledDeploymentTime = WireDate.None,
        preDeployApprovals = Array.Empty<object>(),
        postDeployApprovals = Array.Empty<object>(),
        _links = new { },
    };

    public static object Release(ApiCall call, IReadOnlyList<ReleaseDeployment> attempts) => new
    {
        id = attempts[0].ReleaseId,
        name = Name(attempts[0]),
        status = "active",
        createdOn = WireDate.WriteFine(attempts[0].StartedAt.AddMinutes(-2)),
        modifiedOn = WireDate.WriteFine(attempts[^1].ModifiedAt),
        createdBy = call.Links.Identity(call.Caller),
        modifiedBy = call.Links.Identity(call.Caller),
        environments = new[] { Environment(call, attempts) },
        artifacts = new[] { Artifact(attempts[0]) },
        releaseDefinition = Definition(call, attempts[0]),
        reason = "manual",
        keepForever = false,
        projectReference = Project(attempts[0]),
        url = Address(call, attempts[0]),
        _links = new { self = new { href = Address(call, attempts[0]) } },
    };

    /// <summary>A release definition as far as its deployments tell of it.</summary>
    public static object Released(IEnumerable<ReleaseDeployment> deployments)
    {
        var stages = deployments.DistinctBy(deployment => deployment.EnvironmentName).ToList();
        return new
        {
            id = stages[0].Definition.Id,
            name = stages[0].Definition.Name,
            path = "\\",
            isDeleted = false,
            environments = stages.Select((stage, index) => new { id = stage.Definition.Id + index, name = stage.EnvironmentName, rank = index + 1 }).ToArray(),
        };
    }

    private static object Environment(ApiCall call, IReadOnlyList<ReleaseDeployment> attempts) => new
    {
        id = attempts[0].EnvironmentId,
        releaseId = attempts[0].ReleaseId,
        name = attempts[0].EnvironmentName,
        status = attempts[^1].Status switch { "failed" => "rejected", "notDeployed" => "canceled", var other => other },
        definitionEnvironmentId = attempts[0].Definition.Id,
        deploySteps = attempts.Select(attempt => new
        {
            id = attempt.Id,
            deploymentId = attempt.Id,
            attempt = attempt.Attempt,
            status = attempt.Status,
            operationStatus = attempt.OperationStatus,
            queuedOn = WireDate.WriteFine(attempt.StartedAt),
            lastModifiedOn = WireDate.WriteFine(attempt.ModifiedAt),
            requestedBy = call.Links.Identity(call.Caller),
        }).ToList(),
    };

    private static Dictionary<string, object?> Reference(ApiCall call, ReleaseDeployment deployment) => new(StringComparer.Ordinal)
    {
        ["id"] = deployment.ReleaseId,
        ["name"] = Name(deployment),
        ["url"] = Address(call, deployment),
        ["artifacts"] = new[] { Artifact(deployment) },
        ["webAccessUri"] = $"{call.Links.Base}/{deployment.Project.Id}/_release?releaseId={deployment.ReleaseId}&_a=release-summary",
        ["_links"] = new { self = new { href = Address(call, deployment) } },
        ["description"] = null,
        ["releaseDefinition"] = null,
        ["createdOn"] = WireDate.None,
        ["createdBy"] = null,
        ["modifiedBy"] = null,
        ["reason"] = "none",
    };

    private static object Artifact(ReleaseDeployment deployment)
    {
        var build = deployment.Artifact;
        return new
        {
            sourceId = $"{deployment.Project.Id}:{build.Definition.Id}",
            type = "Build",
            alias = build.Definition.Name,
            definitionReference = new
            {
                definition = Source(ItemId.Write(build.Definition.Id), build.Definition.Name),
                project = Source(deployment.Project.Id.ToString(), deployment.Project.Name),
                version = Source(ItemId.Write(build.Id), build.Number),
                branch = Source("refs/heads/main", "refs/heads/main"),
                sourceVersion = Source(build.Revision, build.Revision),
            },
            isPrimary = true,
        };
    }

    private static object Source(string id, string name) => new { id, name };

    private static object Definition(ApiCall call, ReleaseDeployment deployment) => new
    {
        id = deployment.Definition.Id,
        name = deployment.Definition.Name,
        path = "\\",
        url = $"{call.Links.In(deployment.Project)}/Release/definitions/{deployment.Definition.Id}",
        _links = new { },
    };

    private static object Stage(ReleaseDeployment deployment) => new { id = deployment.EnvironmentId, name = deployment.EnvironmentName, _links = new { } };

    private static object Project(ReleaseDeployment deployment) => new { id = deployment.Project.Id, name = deployment.Project.Name };

    private static string Name(ReleaseDeployment deployment) => "Release-" + ItemId.Write(deployment.ReleaseId);

    private static string Address(ApiCall call, ReleaseDeployment deployment) => $"{call.Links.In(deployment.Project)}/Release/releases/{deployment.ReleaseId}";
}
