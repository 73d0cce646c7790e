namespace TsPmo.Plugins.Tests.Conformance;

public sealed class CatalogueTests
{
    [Theory]
    [InlineData("Jira", "Comment, Fields, Property, RemoteLink")]
    [InlineData("AzureDevOps", "Comment, Fields, Hyperlink, WikiPage")]
    public void Each_tracker_has_exactly_these_targets(string type, string targets) =>
        string.Join(", ", PluginCatalog.Scan().Targets(type)).ShouldBe(targets);
}
