using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Http;

/// <summary>What a caller who did not sign in gets.</summary>
internal enum Anonymous
{
    /// <summary>401.</summary>
    Refused,

    /// <summary>The handler answers: openly, or as if the site were empty.</summary>
    Answered,

    /// <summary>404, as if the thing did not exist.</summary>
    Hidden,
}

/// <summary>Maps handlers, and does for each request what is common: sign-in, reading the body, holding the site's gate, headers.</summary>
internal sealed class JiraRoutes(IEndpointRouteBuilder routes, JiraSite site)
{
    private readonly JiraSignIn _signIn = new(site);

    public JiraDialect Dialect => site.Dialect;

    public void Get(string path, Func<JiraCall, JiraAnswer> handler, Anonymous anonymous = Anonymous.Refused) => Map("GET", path, handler, anonymous);

    public void Post(string path, Func<JiraCall, JiraAnswer> handler, Anonymous anonymous = Anonymous.Refused) => Map("POST", path, handler, anonymous);

    public void Put(string path, Func<JiraCall, JiraAnswer> handler) => Map("PUT", path, handler, Anonymous.Refused);

    public void Delete(string path, Func<JiraCall, JiraAnswer> handler) => Map("DELETE", path, handler, Anonymous.Refused);

    /// <summary>A path that starts with a slash is taken as it stands (the host has removed the context path); any other is below the platform's API.</summary>
    private void Map(string method, string path, Func<JiraCall, JiraAnswer> handler, Anonymous anonymous)
    {
        var below = path.StartsWith('/') ? path : $"{Dialect.ApiPath}/{path}";
        routes.MapMethods(below, [method], http => AnswerAsync(http, handler, anonymous));
        if (Dialect.IsCloud)
            routes.MapMethods(Gateway.Path + below, [method], http => AnswerAsync(http, handler, anonymous));
    }

    private async Task AnswerAsync(HttpContext http, Func<JiraCall, JiraAnswer> handler, Anonymous anonymous)
    {
        var (readable, body) = await ReadAsync(http.Request);
        var answer = !readable ? JiraAnswer.Error(400, "Unexpected character in the request body: it is not JSON.") : Answer(http, handler, anonymous, body);
        await SendAsync(http.Response, answer);
    }

    private JiraAnswer Answer(HttpContext http, Func<JiraCall, JiraAnswer> handler, Anonymous anonymous, JsonNode? body)
    {
        lock (site.Gate)
        {
            if (Gateway.Refuse(site, http.Request) is { } refusal)
                return refusal;
            if (!_signIn.TryCaller(http.Request, out var caller))
                return _signIn.Refuse(http.Response);
            if (caller is null && anonymous != Anonymous.Answered)
                return anonymous == Anonymous.Hidden ? JiraAnswer.Error(404, JiraAnswer.NoIssue) : _signIn.Refuse(http.Response);
            if (caller is not null && !Dialect.IsCloud)
                AddRateHeaders(http.Response);
            return handler(new JiraCall(site, http.Request, caller, body));
        }
    }

    private static void AddRateHeaders(HttpResponse response)
    {
        if (response.Headers.ContainsKey("X-RateLimit-Limit"))
            return;
        response.Headers["X-RateLimit-Limit"] = "1000";
        response.Headers["X-RateLimit-Remaining"] = "1000";
        response.Headers["X-RateLimit-FillRate"] = "1000";
        response.Headers["X-RateLimit-Interval-Seconds"] = "1";
        response.Headers.RetryAfter = "0";
    }

    private static async Task<(bool Readable, JsonNode? Body)> ReadAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
            return (true, new JsonObject((await request.ReadFormAsync(request.HttpContext.RequestAborted)).Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value.ToString()))));
        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"))
            return (true, null);
        try
        {
            return (true, await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted));
        }
        catch (JsonException)
        {
            return (false, null);
        }
    }

    private async Task SendAsync(HttpResponse response, JiraAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.Headers.Date = site.Now.AddSeconds(site.Switches.ClockSkewSeconds).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (answer.Status == 204 || answer.Body.IsEmpty)
            return;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
    }
}
