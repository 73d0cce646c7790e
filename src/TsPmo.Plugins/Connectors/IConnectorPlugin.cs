using TsPmo.Model.Contracts;

namespace TsPmo.Plugins.Connectors;

/// <summary>How a kind of tracker comes to be: its name in the configuration, its options and its parts. Found by scanning; one per connector folder.</summary>
public interface IConnectorPlugin
{
    /// <summary>The value of <c>Type</c> in the configuration.</summary>
    string Type { get; }

    /// <summary>A class that derives from <see cref="ConnectorOptions"/>.</summary>
    Type OptionsType { get; }

    /// <summary>Makes the parts of one configured tracker. Opens no connection.</summary>
    ConnectorParts Create(ConnectorSetup setup);
}

/// <summary>What a connector is made from.</summary>
/// <param name="Name">Name in the configuration.</param>
/// <param name="Options">Validated options, of the plug-in's options type.</param>
/// <param name="Clock">The injected clock; all waiting goes by it.</param>
public sealed record ConnectorSetup(string Name, ConnectorOptions Options, TimeProvider Clock)
{
    /// <summary>Names of pipelines of which every run is a deployment by itself, for any of the projects that read this tracker; ordered.</summary>
    public IReadOnlyList<string> Pipelines { get; init; } = [];
}

/// <summary>The parts of one tracker. The client is what the tracker's publishers are constructed with.</summary>
public sealed record ConnectorParts(IConnector Connector, INormaliser Normaliser, object Client);

/// <summary>Marks a publisher that writes into a tracker through that tracker's client: its only constructor takes the client.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TargetAttribute(string connectorType, string name) : Attribute
{
    /// <summary>The connector type whose client it needs.</summary>
    public string ConnectorType { get; } = connectorType;

    /// <summary>The value of <c>Target</c> in the configuration.</summary>
    public string Name { get; } = name;
}
