using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Reading;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>Jira Cloud and Jira Data Center.</summary>
public sealed class JiraPlugin : IConnectorPlugin
{
    /// <inheritdoc/>
    public string Type => "Jira";

    /// <inheritdoc/>
    public Type OptionsType => typeof(JiraOptions);

    /// <inheritdoc/>
    public ConnectorParts Create(ConnectorSetup setup)
    {
        var client = new JiraClient(setup);
        return new(new JiraConnector(client), new JiraNormaliser(), client);
    }
}
