using TsPmo.Model;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>What an Azure DevOps connector can be told besides what every connector can.</summary>
public sealed class AzureDevOpsOptions : ConnectorOptions
{
    [Setting("Address of classic release management. Default: the vsrm host of the organisation; on a Server the same as BaseUrl.", Form = "url")]
    public Uri? ReleaseUrl { get; set; }

    [Setting("Address of test results. Default: the vstmr host of the organisation; on a Server the same as BaseUrl.", Form = "url")]
    public Uri? TestResultsUrl { get; set; }

    /// <summary>Where Entra ID gives out tokens of the configured directory.</summary>
    public override Uri? DefaultTokenUrl =>
        Auth.Tenant is { Length: > 0 } tenant ? new($"https://login.microsoftonline.com/{Uri.EscapeDataString(tenant)}/oauth2/v2.0/token") : null;

    /// <summary>Azure DevOps as Entra ID knows it, the same in every directory.</summary>
    public override string? DefaultScope => "499b84ac-1321-427f-aa17-267ca6975798/.default";
}
