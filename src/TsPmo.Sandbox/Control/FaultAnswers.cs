using System.Text;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.Routes;
using TsPmo.Sandbox.Hosting;

namespace TsPmo.Sandbox.Control;

/// <summary>The answers of faults that never reach the tracker.</summary>
internal static class FaultAnswers
{
    private const string Json = "application/json", Html = "text/html; charset=utf-8";
    private const string Page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action=\"/login\"></form></body></html>";
    private static readonly byte[] NoJson = [0x7B, 0x22, 0x69, 0x64, 0x22, 0x3A, 0xFF, 0xFE, 0x00, 0x5D, 0x3C];

    /// <summary>Whether the fault answers in the tracker's place.</summary>
    public static bool Replaces(FaultAction action) =>
        action is FaultAction.Status or FaultAction.Garbage or FaultAction.Html or FaultAction.RateLimit or FaultAction.Unauthorized;

    public static Task WriteAsync(HttpContext context, FaultRule rule, TrackerKind kind, DateTimeOffset now)
    {
        var (response, shown) = (context.Response, ShowsPage(context.Request, rule, kind));
        response.StatusCode = Status(context.Request, rule, kind);
        response.ContentType = rule.Action == FaultAction.Html || shown ? Html : Json;
        if (rule.Action == FaultAction.RateLimit) RateHeaders.Spent(response, kind, rule, now);
        if (rule.Action == FaultAction.Unauthorized && !shown) SayWho(response, kind);
        foreach (var (name, value) in rule.Headers ?? new Dictionary<string, string>()) response.Headers[name] = value;
        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) return Task.CompletedTask;
        var body = rule.Body is null && rule.Action == FaultAction.Garbage ? NoJson : Encoding.UTF8.GetBytes(rule.Body ?? (shown ? SignIn.Page : Body(rule.Action, kind)));
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>The status a fault of this kind answers.</summary>
    public static int Status(HttpRequest request, FaultRule rule, TrackerKind kind) => rule.Action switch
    {
        FaultAction.Status => rule.Status,
        FaultAction.RateLimit => StatusCodes.Status429TooManyRequests,
        FaultAction.Unauthorized => ShowsPage(request, rule, kind) ? StatusCodes.Status203NonAuthoritative : StatusCodes.Status401Unauthorized,
        _ => StatusCodes.Status200OK,
    };

    private static string Body(FaultAction action, TrackerKind kind) => (action, kind) switch
    {
        (FaultAction.Html, _) => Page,
        (FaultAction.RateLimit, TrackerKind.AzureDevOps) => Refusal.TooMuch().Text(),
        (FaultAction.RateLimit, _) => "{\"errorMessages\":[\"Rate limit exceeded.\"],\"errors\":{}}",
        (FaultAction.Unauthorized, TrackerKind.AzureDevOps) => Refusal.Unauthorized().Text(),
        (FaultAction.Unauthorized, _) => "{\"code\":401,\"message\":\"Unauthorized\"}",
        _ => "{}",
    };

    private static bool ShowsPage(HttpRequest request, FaultRule rule, TrackerKind kind) =>
        rule.Action == FaultAction.Unauthorized && kind == TrackerKind.AzureDevOps && !SignIn.WantsPlainErrors(request);

    private static void SayWho(HttpResponse response, TrackerKind kind)
    {
        if (kind == TrackerKind.AzureDevOps) response.Headers.WWWAuthenticate = SignIn.Challenge;
        else response.Headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED";
    }
}
