using System.Globalization;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.Hosting;

namespace TsPmo.Sandbox.Control;

/// <summary>What each tracker says of the caller's allowance when it is spent, or nearly.</summary>
internal static class RateHeaders
{
    private const int Allowance = 100;
    private const string Burst = "jira-burst-based";

    public static void Spent(HttpResponse response, TrackerKind kind, FaultRule rule, DateTimeOffset now)
    {
        response.Headers.RetryAfter = Text(rule.RetryAfterSeconds);
        if (kind == TrackerKind.AzureDevOps) Delayed(response, rule, now);
        else Left(response, kind, left: 0, now.AddSeconds(rule.RetryAfterSeconds));
        if (kind == TrackerKind.JiraCloud) response.Headers["RateLimit-Reason"] = rule.Reason ?? Burst;
    }

    public static void NearlySpent(HttpResponse response, TrackerKind kind, FaultRule rule, DateTimeOffset now)
    {
        if (kind == TrackerKind.AzureDevOps) Delayed(response, rule, now);
        else Left(response, kind, left: Allowance / 20, now.AddSeconds(rule.RetryAfterSeconds));
        if (kind == TrackerKind.JiraDataCenter) response.Headers.RetryAfter = "0";
    }

    /// <summary>An answer that was held back and asks to be left alone for a while.</summary>
    public static void HeldBack(HttpResponse response, TrackerKind kind, FaultRule rule, DateTimeOffset now)
    {
        response.Headers.RetryAfter = Text(rule.RetryAfterSeconds);
        NearlySpent(response, kind, rule, now);
    }

    private static void Left(HttpResponse response, TrackerKind kind, int left, DateTimeOffset reset)
    {
        response.Headers["X-RateLimit-Limit"] = Text(Allowance);
        response.Headers["X-RateLimit-Remaining"] = Text(left);
        if (kind == TrackerKind.JiraDataCenter)
        {
            response.Headers["X-RateLimit-FillRate"] = "1";
            response.Headers["X-RateLimit-Interval-Seconds"] = "1";
            return;
        }

        response.Headers["X-RateLimit-NearLimit"] = "true";
        response.Headers["X-RateLimit-Reset"] = reset.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private static void Delayed(HttpResponse response, FaultRule rule, DateTimeOffset now)
    {
        response.Headers["X-RateLimit-Resource"] = "TsPmo/Sandbox";
        response.Headers["X-RateLimit-Delay"] = Text(rule.RetryAfterSeconds);
        response.Headers["X-RateLimit-Limit"] = "200";
        response.Headers["X-RateLimit-Remaining"] = "0";
        response.Headers["X-RateLimit-Reset"] = now.AddSeconds(rule.RetryAfterSeconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
