using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Sandbox.Jira;
using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Sandbox.Hosting;

/// <summary>The stand-ins of a sandbox, in the order of their listeners.</summary>
internal static class StandIns
{
    public static IReadOnlyList<StandInSource> Of(SandboxOptions options, PortfolioShape shape) =>
        [.. All(options).Where(s => shape == PortfolioShape.Mixed || s.Kind == TrackerKind.AzureDevOps)];

    private static IEnumerable<StandInSource> All(SandboxOptions options) =>
    [
        new(TrackerKind.JiraCloud, context => new JiraCloudStandIn(context)),
        new(TrackerKind.JiraDataCenter, context => new JiraDataCenterStandIn(context)),
        new(TrackerKind.AzureDevOps, context => new AzureDevOpsStandIn(context, options.AzureDevOpsPath)),
    ];
}
