namespace TsPmo.Plugins.Tests.Conformance;

/// <summary>Tests that share one sandbox and therefore run one after the other.</summary>
[CollectionDefinition("sandbox")]
public sealed class SandboxCollection : ICollectionFixture<SandboxConnectors>;
