using Microsoft.AspNetCore.Http;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>The wikis, of which no project of the sandbox has made one.</summary>
internal static class WikiRoutes
{
    public static void Map(RouteTable routes) => routes.Anywhere(HttpMethods.Get, "wiki/wikis", List);

    private static Answer List(ApiCall call) => call.ProjectOrNull is { } project && !call.Organisation.Projects.Contains(project) ? throw Refusal.NoProject(project.Name) : Answer.List([]);
}
