using TsPmo.Model;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>What the Jira connector can be told.</summary>
public sealed class JiraOptions : ConnectorOptions
{
    private static readonly Uri AtlassianGateway = new("https://api.atlassian.com");

    /// <summary>Cloud or DataCenter; null: found out.</summary>
    [Setting("Cloud or DataCenter, where it should not be found out from the server.", Allowed = ["Cloud", "DataCenter"])]
    public string? Deployment { get; set; }

    /// <summary>The gateway before a cloud site.</summary>
    [Setting("Address of the gateway through which scoped tokens work, usually https://api.atlassian.com; BaseUrl is then the site's own address. Default: with ClientCredentials that gateway, else none.", Form = "url")]
    public Uri? Gateway { get; set; }

    /// <inheritdoc/>
    public override Uri? DefaultTokenUrl => BaseUrl switch
    {
        null => null,
        var address when IsAtlassian(address) => new("https://auth.atlassian.com/oauth/token"),
        var address => new(address.AbsoluteUri.TrimEnd('/') + "/rest/oauth2/latest/token"),
    };

    /// <summary>The gateway that requests go through; null: they go to the base address itself.</summary>
    internal Uri? GatewayInUse => Gateway ?? (Auth.IsClientCredentials && BaseUrl is { } site && IsSite(site) ? AtlassianGateway : null);

    private bool IsAtlassian(Uri address) =>
        Gateway is not null || IsSite(address) || address.Host.Equals(AtlassianGateway.Host, StringComparison.OrdinalIgnoreCase);

    private static bool IsSite(Uri address) => address.Host.EndsWith(".atlassian.net", StringComparison.OrdinalIgnoreCase);
}
