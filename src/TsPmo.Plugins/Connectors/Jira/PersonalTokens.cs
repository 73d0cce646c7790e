using System.Net;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>When a personal access token of Data Center expires. Jira Cloud does not tell that of its API tokens.</summary>
internal static class PersonalTokens
{
    /// <summary>
    /// The expiry of the token we are signed in with. Jira lists the account's tokens without saying which one is in use: it is the only one, or the one
    /// used last. Null where the list cannot be read or does not settle it.
    /// </summary>
    public static async Task<DateTimeOffset?> ExpiryAsync(JiraClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(
                "rest/pat/latest/tokens", cancellationToken, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed);
            var tokens = answer.Root.Items()
                .Select(t => (Expires: JiraTime.Instant(t.Member("expiringAt")), Used: JiraTime.Instant(t.Member("lastAccessedAt")))).ToList();
            if (tokens.Count == 1)
                return tokens[0].Expires;
            var used = tokens.Where(t => t.Used is not null).OrderByDescending(t => t.Used).ToList();
            return used.Count == 0 || (used.Count > 1 && used[0].Used == used[1].Used && used[0].Expires != used[1].Expires) ? null : used[0].Expires;
        }
        catch (TrackerException e) when (e.Status is not (null or 401))
        {
            return null;
        }
    }
}
