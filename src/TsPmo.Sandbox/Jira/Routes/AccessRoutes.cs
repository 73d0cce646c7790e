using TsPmo.Sandbox.Jira.Http;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>
/// What surrounds signing in. In the cloud: the site's cloud id, access tokens for client credentials (the client's id is anything, its
/// secret the token of the bot) and the sites they lead to. In Data Center: the caller's personal access tokens.
/// </summary>
internal static class AccessRoutes
{
    private static readonly string[] _allScopes =
    [
        "read:jira-work", "read:jira-user", "write:jira-work", "manage:jira-project",
        "read:board-scope:jira-software", "read:board-scope.admin:jira-software", "read:sprint:jira-software", "read:project:jira",
        "read:servicedesk-request",
    ];

    public static void Map(JiraRoutes routes)
    {
        if (!routes.Dialect.IsCloud)
        {
            routes.Get("/rest/pat/latest/tokens", Tokens);
            return;
        }
        routes.Get("/_edge/tenant_info", call => call.Json(w => w.Object(() => w.Json.WriteString("cloudId", Gateway.CloudId))), Anonymous.Answered);
        routes.Post("/oauth/token", Token, Anonymous.Answered);
        routes.Get("/oauth/token/accessible-resources", Resources);
    }

    private static JiraAnswer Token(JiraCall call)
    {
        if (call.Text("grant_type") != "client_credentials")
            return Refuse(403, "unauthorized_client", "Grant type is not allowed for the client.");
        if (string.IsNullOrEmpty(call.Text("client_id")) || call.Text("client_secret") != call.Site.Context.Token)
            return Refuse(401, "access_denied", "Unauthorized");
        var seconds = call.Site.Switches.AccessTokenSeconds;
        var token = call.Site.AccessTokens.Give(call.Site.Now, seconds - call.Site.Switches.AccessTokenEndsEarlySeconds);
        return call.Json(w => w.Object(() =>
        {
            w.Json.WriteString("access_token", token);
            w.Json.WriteString("scope", string.Join(' ', Scopes(call)));
            w.Json.WriteNumber("expires_in", seconds);
            w.Json.WriteString("token_type", "Bearer");
        }));
    }

    private static JiraAnswer Resources(JiraCall call) => call.Json(w => w.Array([Gateway.CloudId], id => w.Object(() =>
    {
        w.Json.WriteString("id", id);
        w.Json.WriteString("url", call.SiteUrl);
        w.Json.WriteString("name", "sandbox");
        w.Array("scopes", Scopes(call), w.Json.WriteStringValue);
        w.Json.WriteString("avatarUrl", call.SiteUrl + "/avatar.png");
    })));

    private static JiraAnswer Tokens(JiraCall call) => call.Json(w => w.Array([1], id => w.Object(() =>
    {
        w.Json.WriteNumber("id", id);
        w.Json.WriteString("name", "pmo");
        w.Instant("createdAt", call.Site.Now.AddDays(-30));
        w.Instant("lastAccessed", call.Site.Now);
        if (call.Site.Switches.TokenExpires is { } day)
            w.Instant("expiringAt", new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
    })));

    private static IReadOnlyList<string> Scopes(JiraCall call) => call.Site.Switches.Scopes ?? _allScopes;

    private static JiraAnswer Refuse(int status, string error, string description) => JiraAnswer.Write(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteString("error_description", description);
        json.WriteEndObject();
    });
}
