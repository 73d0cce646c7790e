using TsPmo.Model;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>What the Jira connector can be told.</summary>
public sealed class JiraOptions : ConnectorOptions
{
    /// <summary>Cloud or DataCenter; null: found out.</summary>
    [Setting("Cloud or DataCenter, where it should not be found out from the server.", Allowed = ["Cloud", "DataCenter"])]
    public string? Deployment { get; set; }
}
