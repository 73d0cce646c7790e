using System.Text;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Http;

/// <summary>Finds out who calls. A wrong secret is refused everywhere, no secret only where the route says so.</summary>
internal sealed class JiraSignIn(JiraSite site)
{
    /// <summary>False for credentials that do not match; true with no caller for none at all.</summary>
    public bool TryCaller(HttpRequest request, out JiraUser? caller)
    {
        caller = null;
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return true;
        var (scheme, secret) = Split(header, ' ');
        var accepted = scheme.ToUpperInvariant() switch
        {
            "BASIC" => (Gateway.Leads(request) || !site.Switches.ScopedToken) && IsBot(secret),
            "BEARER" => site.Dialect.IsCloud ? Gateway.IsForTokens(request) && site.AccessTokens.IsGood(secret, site.Now) : secret == site.Context.Token,
            _ => false,
        };
        caller = accepted ? site.Bot : null;
        return accepted;
    }

    public JiraAnswer Refuse(HttpResponse response)
    {
        response.Headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED";
        response.Headers.WWWAuthenticate = "OAuth realm=\"" + Uri.EscapeDataString($"{response.HttpContext.Request.Scheme}://{response.HttpContext.Request.Host}") + "\"";
        return site.Dialect.IsCloud
            ? JiraAnswer.Text(401, "Client must be authenticated to access this resource.", "text/plain;charset=UTF-8")
            : JiraAnswer.Text(401, "<html><head><title>Unauthorized (401)</title></head><body><h1>Unauthorized (401)</h1></body></html>", "text/html;charset=UTF-8");
    }

    private bool IsBot(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return false;
        var (name, secret) = Split(Encoding.UTF8.GetString(bytes, 0, length), ':');
        var isName = string.Equals(name, site.Bot.Email, StringComparison.OrdinalIgnoreCase)
            || (!site.Dialect.IsCloud && string.Equals(name, site.Bot.Name, StringComparison.OrdinalIgnoreCase));
        return isName && secret == site.Context.Token;
    }

    private static (string Head, string Tail) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..].Trim());
    }
}
