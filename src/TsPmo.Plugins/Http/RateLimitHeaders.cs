using System.Globalization;

namespace TsPmo.Plugins.Http;

/// <summary>What trackers say about their limits in the headers of any answer.</summary>
internal static class RateLimitHeaders
{
    /// <summary>
    /// How long the server asks us to wait: seconds (fractions allowed) or an HTTP date, which is measured against the server's own
    /// clock where it tells its time. Null when it does not ask; never negative.
    /// </summary>
    public static TimeSpan? RetryAfter(IReadOnlyDictionary<string, string> headers, DateTimeOffset now)
    {
        if (!headers.TryGetValue("Retry-After", out var text))
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(Math.Min(seconds, 86_400));
        if (!Date(text, out var until))
            return null;
        var from = headers.TryGetValue("Date", out var date) && Date(date, out var serverNow) ? serverNow : now;
        return until > from ? until - from : TimeSpan.Zero;
    }

    /// <summary>The server's clock at the time of the answer; null when it does not tell.</summary>
    public static DateTimeOffset? ServerTime(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("Date", out var text) && Date(text, out var time) ? time : null;

    /// <summary>Whether a successful answer warns that a limit is near or that we were slowed down already.</summary>
    public static bool Warns(IReadOnlyDictionary<string, string> headers, TimeSpan? retryAfter) =>
        retryAfter > TimeSpan.Zero
        || (headers.TryGetValue("X-RateLimit-NearLimit", out var near) && near.Equals("true", StringComparison.OrdinalIgnoreCase))
        || (headers.TryGetValue("X-RateLimit-Delay", out var delay)
            && double.TryParse(delay, NumberStyles.Float, CultureInfo.InvariantCulture, out var delayed) && delayed > 0);

    /// <summary>What is left of the limit; null when the answer does not tell.</summary>
    public static string? Headroom(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("X-RateLimit-Remaining", out var left)
            ? $"{left} of {headers.GetValueOrDefault("X-RateLimit-Limit") ?? "?"} requests"
            : null;

    private static bool Date(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
}
