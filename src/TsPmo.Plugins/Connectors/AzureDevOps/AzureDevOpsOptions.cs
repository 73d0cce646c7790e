using TsPmo.Model;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>What an Azure DevOps connector can be told besides what every connector can.</summary>
public sealed class AzureDevOpsOptions : ConnectorOptions
{
    [Setting("Address of classic release management. Default: the vsrm host of the organisation; on a Server the same as BaseUrl.", Form = "url")]
    public Uri? ReleaseUrl { get; set; }

    [Setting("Address of test results. Default: the vstmr host of the organisation; on a Server the same as BaseUrl.", Form = "url")]
    public Uri? TestResultsUrl { get; set; }
}
