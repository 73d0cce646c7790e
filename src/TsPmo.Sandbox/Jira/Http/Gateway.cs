using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Http;

/// <summary>The vendor's address for all sites, below which a site is named by its cloud id. Only here do scopes count.</summary>
internal static class Gateway
{
    public const string CloudId = "7c1b7a52-1d7f-4a52-9f0e-5a7d1c0f2b11";
    public const string Path = "/ex/jira/{cloudId}";

    private const string Agile = "/rest/agile/1.0/";
    private const string ServiceDesk = "/rest/servicedeskapi/";

    /// <summary>Whether the request came through the gateway.</summary>
    public static bool Leads(HttpRequest request) => request.RouteValues.ContainsKey("cloudId");

    /// <summary>Whether the address takes access tokens: the gateway, and the list of the sites a token leads to.</summary>
    public static bool IsForTokens(HttpRequest request) => Leads(request) || request.Path.StartsWithSegments("/oauth", StringComparison.Ordinal);

    /// <summary>The refusal of a site that the gateway does not know or of a call that no scope covers; null where the call may go on.</summary>
    public static JiraAnswer? Refuse(JiraSite site, HttpRequest request)
    {
        if (!Leads(request))
            return null;
        if ((string?)request.RouteValues["cloudId"] != CloudId)
            return Error(404, "No message available");
        return site.Switches.Scopes is { } granted && !Needed(request).All(granted.Contains) ? Error(401, "Unauthorized; scope does not match") : null;
    }

    private static IReadOnlyList<string> Needed(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (path.EndsWith("/serverInfo", StringComparison.Ordinal))
            return [];
        if (path.Contains(ServiceDesk, StringComparison.Ordinal))
            return ["read:servicedesk-request"];
        var isRead = HttpMethods.IsGet(request.Method) || path.Contains("fetch", StringComparison.Ordinal) || path.Contains("search", StringComparison.Ordinal)
            || path.EndsWith("worklog/list", StringComparison.Ordinal);
        if (!isRead)
            return [path.Contains("/project/", StringComparison.Ordinal) ? "manage:jira-project" : "write:jira-work"];
        if (path.Contains(Agile, StringComparison.Ordinal))
            return AgileScopes(path);
        return [path.EndsWith("/myself", StringComparison.Ordinal) || path.Contains("/user", StringComparison.Ordinal) ? "read:jira-user" : "read:jira-work"];
    }

    private static IReadOnlyList<string> AgileScopes(string path)
    {
        if (path.EndsWith("/configuration", StringComparison.Ordinal))
            return ["read:board-scope.admin:jira-software", "read:project:jira"];
        return path.Contains("sprint", StringComparison.Ordinal) ? ["read:sprint:jira-software"] : ["read:board-scope:jira-software", "read:project:jira"];
    }

    private static JiraAnswer Error(int status, string message) => JiraAnswer.Write(status, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", status);
        json.WriteString("message", message);
        json.WriteEndObject();
    });
}
