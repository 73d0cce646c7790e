using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Sandbox.Jira;

namespace TsPmo.Sandbox.Hosting;

/// <summary>The stand-ins of a sandbox, in the order of their listeners.</summary>
internal static class StandIns
{
    public static IReadOnlyList<StandInSource> Of(SandboxOptions options) =>
    [
        new(TrackerKind.JiraCloud, context => new JiraCloudStandIn(context)),
        new(TrackerKind.JiraDataCenter, context => new JiraDataCenterStandIn(context)),
        new(TrackerKind.AzureDevOps, context => new AzureDevOpsStandIn(context, options.AzureDevOpsPath)),
    ];
}
