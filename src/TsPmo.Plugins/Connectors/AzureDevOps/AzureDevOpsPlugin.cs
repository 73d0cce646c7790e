namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>Azure DevOps Services and Azure DevOps Server.</summary>
public sealed class AzureDevOpsPlugin : IConnectorPlugin
{
    /// <inheritdoc/>
    public string Type => "AzureDevOps";

    /// <inheritdoc/>
    public Type OptionsType => typeof(AzureDevOpsOptions);

    /// <inheritdoc/>
    public ConnectorParts Create(ConnectorSetup setup)
    {
        var client = new AzureDevOpsClient(setup);
        return new(new AzureDevOpsConnector(setup, client), new AzureDevOpsNormaliser(), client);
    }
}
