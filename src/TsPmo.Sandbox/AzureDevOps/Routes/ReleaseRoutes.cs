using System.Globalization;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Classic releases, on the same base address as on premises.</summary>
internal static class ReleaseRoutes
{
    private const int DefaultPage = 50, LargestPage = 100;

    private static readonly (int, string)[] Statuses = [(0, "undefined"), (1, "notDeployed"), (2, "inProgress"), (4, "succeeded"), (8, "partiallySucceeded"), (16, "failed"), (31, "all")];
    private static readonly (int, string)[] Orders = [(0, "descending"), (1, "ascending")];

    public static void Map(RouteTable routes)
    {
        routes.Project(HttpMethods.Get, "release/deployments", Deployments);
        routes.Project(HttpMethods.Get, "release/definitions", Definitions);
        routes.Project(HttpMethods.Get, "release/releases", Releases);
        routes.Project(HttpMethods.Get, "release/releases/{release}", OneRelease);
    }

    /// <summary>The token is the id of the next deployment in the asked order.</summary>
    private static Answer Deployments(ApiCall call)
    {
        var (ascending, size) = (call.Choice("queryOrder", Orders) == "ascending", Math.Clamp(call.Number("$top", DefaultPage), 1, LargestPage));
        var all = call.Organisation.Delivery.Deployments.Where(Filter(call));
        if (call.Query("continuationToken") is not null)
            all = call.Number("continuationToken", 0) is var next && ascending ? all.Where(deployment => deployment.Id >= next) : all.Where(deployment => deployment.Id <= next);
        var page = (ascending ? all : all.Reverse()).Take(size + 1).ToList();
        return Answer.List([.. page.Take(size).Select(deployment => ReleaseJson.Deployment(call, deployment))], page.Count > size ? Acts.ItemId.Write(page[size].Id) : null);
    }

    private static Func<ReleaseDeployment, bool> Filter(ApiCall call)
    {
        var (project, status, definition) = (call.Project, call.Choice("deploymentStatus", Statuses) ?? "all", call.Number("definitionId", 0));
        var (modifiedFrom, modifiedTo) = (call.Instant("minModifiedTime"), call.Instant("maxModifiedTime"));
        var (startedFrom, startedTo) = (call.Instant("minStartedTime"), call.Instant("maxStartedTime"));
        var latest = call.Flag("latestAttemptsOnly") ? LatestAttempts(call) : null;
        return deployment => deployment.Project == project
            && (status == "all" || deployment.Status == status)
            && (definition == 0 || deployment.Definition.Id == definition)
            && (modifiedFrom is null || deployment.ModifiedAt >= modifiedFrom) && (modifiedTo is null || deployment.ModifiedAt <= modifiedTo)
            && (startedFrom is null || deployment.StartedAt >= startedFrom) && (startedTo is null || deployment.StartedAt <= startedTo)
            && (latest is null || latest.Contains(deployment.Id));
    }

    private static HashSet<int> LatestAttempts(ApiCall call) =>
        [.. call.Organisation.Delivery.Deployments.GroupBy(deployment => deployment.EnvironmentId).Select(attempts => attempts.Max(attempt => attempt.Id))];

    /// <summary>Those that were ever released, with the stages they were released to.</summary>
    private static Answer Definitions(ApiCall call)
    {
        var project = call.Project;
        var released = call.Organisation.Delivery.Deployments.Where(deployment => deployment.Project == project).GroupBy(deployment => deployment.Definition.Id).OrderBy(g => g.Key).ToList();
        return Answer.Page(released, call.Number("continuationToken", 0), Math.Clamp(call.Number("$top", DefaultPage), 1, LargestPage), ReleaseJson.Released);
    }

    private static Answer Releases(ApiCall call)
    {
        var (project, ascending) = (call.Project, call.Choice("queryOrder", Orders) == "ascending");
        var releases = call.Organisation.Delivery.Deployments.Where(deployment => deployment.Project == project).GroupBy(deployment => deployment.ReleaseId).ToList();
        if (!ascending)
            releases.Reverse();
        return Answer.Page(releases, call.Number("continuationToken", 0), Math.Clamp(call.Number("$top", DefaultPage), 1, LargestPage), attempts => ReleaseJson.Release(call, [.. attempts]));
    }

    private static Answer OneRelease(ApiCall call)
    {
        var (id, project) = (call.RouteId("release"), call.Project);
        var attempts = call.Organisation.Delivery.Deployments.Where(deployment => deployment.ReleaseId == id && deployment.Project == project).ToList();
        return attempts.Count > 0
            ? new Answer(ReleaseJson.Release(call, attempts))
            : throw Refusal.NotFound(string.Create(CultureInfo.InvariantCulture, $"VS402939: Release with ID '{id}' does not exist."), "ReleaseNotFoundException");
    }
}
