namespace TsPmo.Model.Contracts;

/// <summary>One configured tracker with everything that reads it and writes into it.</summary>
/// <param name="Name">Name in the configuration.</param>
/// <param name="Type">The plug-in's type name.</param>
/// <param name="Connector">Reads it.</param>
/// <param name="Normaliser">Understands what was read.</param>
/// <param name="Publishers">Writes into it, by target name (compared without case).</param>
/// <param name="Projects">The tracker's projects to read, distinct, ordered.</param>
public sealed record ConnectorInstance(
    string Name,
    string Type,
    IConnector Connector,
    INormaliser Normaliser,
    IReadOnlyDictionary<string, IPublisher> Publishers,
    IReadOnlyList<string> Projects);
