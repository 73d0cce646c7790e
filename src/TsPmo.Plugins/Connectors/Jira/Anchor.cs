using TsPmo.Model;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>The issue that a publication hangs on, named by key or id.</summary>
internal static class Anchor
{
    /// <summary>The anchor in a path.</summary>
    public static string Path(string anchor) => Uri.EscapeDataString(anchor);

    /// <summary>The anchor as a query parameter.</summary>
    public static string Query(string anchor) =>
        (anchor.All(char.IsAsciiDigit) ? "issueId=" : "issueKey=") + Uri.EscapeDataString(anchor);

    public static Problem Missing(string connector, string anchor) => new(
        "anchor-missing",
        $"Connector '{connector}' finds no issue {anchor} to write on.",
        "Check the publication's Anchor; the issue may have been deleted, or the account may not see it.") { Scope = anchor };
}
