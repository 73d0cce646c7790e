using System.Net;
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

    /// <summary>Whether the issue is there for us.</summary>
    public static async Task<bool> IsThereAsync(JiraClient client, JiraSession session, string anchor, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync($"{JiraClient.Api(session.IsCloud)}issue/{Path(anchor)}?fields=updated", cancellationToken, HttpStatusCode.NotFound);
        return answer.Status != HttpStatusCode.NotFound;
    }

    public static Problem Missing(string connector, string anchor) => new(
        "anchor-missing",
        $"Connector '{connector}' finds no issue {anchor} to write on.",
        "Check the publication's Anchor; the issue may have been deleted, or the account may not see it.") { Scope = anchor };
}
