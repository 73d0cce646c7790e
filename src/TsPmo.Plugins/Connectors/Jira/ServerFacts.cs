namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>What a server tells of itself, which lasts until it is upgraded or swapped, so that not every pass needs to ask.</summary>
/// <param name="IsCloud">Its edition.</param>
/// <param name="Version">Product version as the server tells it.</param>
/// <param name="BrowseBase">What people put before "browse/KEY", with a trailing slash.</param>
internal sealed record ServerFacts(bool IsCloud, string Version, string BrowseBase);
