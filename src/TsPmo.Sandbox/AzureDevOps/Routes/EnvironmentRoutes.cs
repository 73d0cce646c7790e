using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Environments and what was deployed to them, newest first, under the old and the new address.</summary>
internal static class EnvironmentRoutes
{
    public static void Map(RouteTable routes)
    {
        foreach (var (area, preview) in new[] { ("distributedtask", false), ("pipelines", true) })
        {
            routes.Project(HttpMethods.Get, $"{area}/environments", Environments, preview);
            routes.Project(HttpMethods.Get, area + "/environments/{environment}", call => new Answer(Write(call, Named(call))), preview);
            routes.Project(HttpMethods.Get, area + "/environments/{environment}/environmentdeploymentrecords", Records, preview);
        }
    }

    private static Answer Environments(ApiCall call)
    {
        var (project, name) = (call.Project, call.Query("name"));
        var all = call.Organisation.Delivery.Environments
            .Where(environment => environment.Project == project && (name is null || environment.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).ToList();
        return Answer.Page(all, call.Number("continuationToken", 0), call.Number("$top", 100), environment => Write(call, environment));
    }

    private static DeploymentEnvironment Named(ApiCall call)
    {
        var id = call.RouteId("environment");
        return call.Organisation.Delivery.Environments.Find(environment => environment.Id == id && environment.Project == call.Project)
            ?? throw Refusal.NotFound($"Environment with ID {id} does not exist.", "EnvironmentNotFoundException");
    }

    /// <summary>The token is the id of the last record shown: records that come later do not shift the pages.</summary>
    private static Answer Records(ApiCall call)
    {
        var (environment, size, below) = (Named(call), Math.Clamp(call.Number("top", call.Number("$top", 25)), 1, 1000), call.Number("continuationToken", int.MaxValue));
        var page = call.Organisation.Delivery.Records.AsEnumerable().Reverse()
            .Where(record => record.Environment == environment && record.Id < below).Take(size + 1).ToList();
        var next = page.Count > size ? Acts.ItemId.Write(page[size - 1].Id) : null;
        return Answer.List([.. page.Take(size).Select(record => Write(call, record))], next);
    }

    private static object Write(ApiCall call, DeploymentEnvironment environment) => new
    {
        id = environment.Id,
        name = environment.Name,
        description = string.Empty,
        createdBy = call.Links.Identity(call.Caller),
        createdOn = WireDate.WriteFine(environment.CreatedAt),
        lastModifiedBy = call.Links.Identity(call.Caller),
        lastModifiedOn = WireDate.WriteFine(environment.CreatedAt),
        project = new { id = environment.Project.Id, name = environment.Project.Name },
    };

    private static object Write(ApiCall call, EnvironmentRecord record) => new
    {
        id = record.Id,
        requestIdentifier = $"{record.StageName}.Deploy.__default",
        serviceOwner = "00025394-6065-48ca-87d9-7f5672854ef7",
        scopeId = record.Environment.Project.Id,
        planType = "Build",
        planId = record.Run.PlanId,
        environmentId = record.Environment.Id,
        definition = Owner(call, record.Run, record.Run.Definition.Id, record.Run.Definition.Name, "definition?definitionId="),
        owner = Owner(call, record.Run, record.Run.Id, record.Run.Number, "results?buildId="),
        stageName = record.StageName,
        jobName = "Deploy",
        stageAttempt = record.Attempt,
        jobAttempt = 1,
        queueTime = WireDate.WriteFine(record.StartedAt.AddSeconds(-9)),
        startTime = WireDate.WriteFine(record.StartedAt),
        finishTime = WireDate.WriteFine(record.FinishedAt),
        result = record.Result,
    };

    private static object Owner(ApiCall call, PipelineRun run, int id, string name, string page) =>
        new { _links = new { web = new { href = $"{call.Links.Base}/{run.Project.Id}/_build/{page}{id}" } }, id, name };
}
