using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Registers handlers under the addresses the vendor gives a resource: on the organisation, on a project, on a team.</summary>
internal sealed class RouteTable(ApiRoutes api, IEndpointRouteBuilder routes)
{
    /// <summary>A resource of the organisation.</summary>
    public void Organisation(string method, string path, Func<ApiCall, Answer> handler, bool versioned = true, bool preview = false) =>
        Add(method, "/_apis/" + path, handler, versioned, preview);

    /// <summary>A resource of a project.</summary>
    public void Project(string method, string path, Func<ApiCall, Answer> handler, bool preview = false) =>
        Add(method, "/{project}/_apis/" + path, handler, versioned: true, preview);

    /// <summary>A resource that is served with or without a project in the address.</summary>
    public void Anywhere(string method, string path, Func<ApiCall, Answer> handler, bool preview = false)
    {
        Organisation(method, path, handler, preview: preview);
        Project(method, path, handler, preview);
    }

    /// <summary>A resource of a team; without a team in the address the project's default team is meant.</summary>
    public void Team(string method, string path, Func<ApiCall, Answer> handler)
    {
        Project(method, path, handler);
        Add(method, "/{project}/{team}/_apis/" + path, handler, versioned: true, preview: false);
    }

    private void Add(string method, string path, Func<ApiCall, Answer> handler, bool versioned, bool preview) =>
        routes.MapMethods(path, [method], http => api.RunAsync(http, versioned, preview, handler));
}
