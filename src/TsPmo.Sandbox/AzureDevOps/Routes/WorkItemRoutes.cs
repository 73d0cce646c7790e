namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Work items.</summary>
internal static class WorkItemRoutes
{
    public static void Map(RouteTable routes)
    {
    }
}
