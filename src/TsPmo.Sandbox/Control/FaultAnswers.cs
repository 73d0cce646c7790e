using System.Text;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.Hosting;

namespace TsPmo.Sandbox.Control;

/// <summary>The answers of faults that never reach the tracker.</summary>
internal static class FaultAnswers
{
    private static readonly byte[] NoJson = [0x7B, 0x22, 0x69, 0x64, 0x22, 0x3A, 0xFF, 0xFE, 0x00, 0x5D, 0x3C];

    /// <summary>Whether the fault answers in the tracker's place.</summary>
    public static bool Replaces(FaultAction action) =>
        action is FaultAction.Status or FaultAction.Garbage or FaultAction.Html or FaultAction.RateLimit or FaultAction.Unauthorized;

    public static Task WriteAsync(HttpContext context, FaultRule rule, TrackerKind kind, DateTimeOffset now)
    {
        var response = context.Response;
        response.StatusCode = Status(rule);
        response.ContentType = rule.Action == FaultAction.Html ? "text/html; charset=utf-8" : "application/json";
        if (rule.Action == FaultAction.RateLimit) RateHeaders.Spent(response, kind, rule, now);
        if (rule.Action == FaultAction.Unauthorized && kind != TrackerKind.AzureDevOps) response.Headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED";
        foreach (var (name, value) in rule.Headers ?? new Dictionary<string, string>()) response.Headers[name] = value;
        var body = rule.Action switch
        {
            FaultAction.Garbage => rule.Body is null ? NoJson : Encoding.UTF8.GetBytes(rule.Body),
            FaultAction.Html => Encoding.UTF8.GetBytes(rule.Body ?? "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action=\"/login\"></form></body></html>"),
            FaultAction.RateLimit => Encoding.UTF8.GetBytes(rule.Body ?? "{\"errorMessages\":[\"Rate limit exceeded.\"],\"errors\":{}}"),
            FaultAction.Unauthorized => Encoding.UTF8.GetBytes(rule.Body ?? "{\"code\":401,\"message\":\"Unauthorized\"}"),
            _ => Encoding.UTF8.GetBytes(rule.Body ?? "{}"),
        };
        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) return Task.CompletedTask;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>The status a fault of this kind answers.</summary>
    public static int Status(FaultRule rule) => rule.Action switch
    {
        FaultAction.Status => rule.Status,
        FaultAction.RateLimit => StatusCodes.Status429TooManyRequests,
        FaultAction.Unauthorized => StatusCodes.Status401Unauthorized,
        _ => StatusCodes.Status200OK,
    };
}
