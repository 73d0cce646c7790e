using System.Globalization;

namespace TsPmo.Plugins.Http;

/// <summary>What trackers say about their limits in the headers of any answer.</summary>
internal static class RateLimitHeaders
{
    private const double LongestSeconds = 86_400;

    /// <summary>
    /// How long the server asks us to wait: seconds (fractions allowed) or an HTTP date, which is measured against the server's own
    /// clock where it tells its time. Null when it does not ask; never negative.
    /// </summary>
    public static TimeSpan? RetryAfter(IReadOnlyDictionary<string, string> headers, DateTimeOffset now)
    {
        if (!headers.TryGetValue("Retry-After", out var text))
            return null;
        if (Seconds(text) is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        return Date(text, out var until) ? Until(until, headers, now) : null;
    }

    /// <summary>Time until the limit begins anew: an ISO 8601 instant or Unix seconds. Null when it is not told; never negative.</summary>
    public static TimeSpan? Reset(IReadOnlyDictionary<string, string> headers, DateTimeOffset now)
    {
        if (!headers.TryGetValue("X-RateLimit-Reset", out var text))
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix is > 0 and < 253_402_300_800)
            return Until(DateTimeOffset.FromUnixTimeSeconds(unix), headers, now);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? Until(instant, headers, now) : null;
    }

    /// <summary>The server's clock at the time of the answer; null when it does not tell.</summary>
    public static DateTimeOffset? ServerTime(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("Date", out var text) && Date(text, out var time) ? time : null;

    /// <summary>Whether a successful answer warns that a limit is near or that we were slowed down already.</summary>
    public static bool Warns(IReadOnlyDictionary<string, string> headers, TimeSpan? retryAfter) =>
        retryAfter > TimeSpan.Zero
        || (headers.TryGetValue("X-RateLimit-NearLimit", out var near) && near.Equals("true", StringComparison.OrdinalIgnoreCase))
        || (headers.TryGetValue("X-RateLimit-Delay", out var delay) && Seconds(delay) > 0)
        || StructuredLimits.Of(headers).Any(l => l.IsNear);

    /// <summary>The bucket that the answer tells of with its rate of refilling; null when it does not.</summary>
    public static TokenBucket? Bucket(IReadOnlyDictionary<string, string> headers) =>
        Number(headers, "X-RateLimit-Limit") is { } size && Number(headers, "X-RateLimit-Remaining") is { } left
            && Number(headers, "X-RateLimit-FillRate") is > 0 and var fill && Number(headers, "X-RateLimit-Interval-Seconds") is > 0 and var interval
            ? new(size, left, fill / interval)
            : null;

    /// <summary>What is left of the limits, in words; null when the answer does not tell.</summary>
    public static string? Headroom(IReadOnlyDictionary<string, string> headers)
    {
        var told = StructuredLimits.Of(headers).Select(l => l.ToString()).Prepend(Remaining(headers)).OfType<string>();
        return string.Join("; ", told) is { Length: > 0 } words ? words : null;
    }

    private static string? Remaining(IReadOnlyDictionary<string, string> headers)
    {
        if (!headers.TryGetValue("X-RateLimit-Remaining", out var left))
            return null;
        var refill = headers.TryGetValue("X-RateLimit-FillRate", out var fill) && headers.TryGetValue("X-RateLimit-Interval-Seconds", out var interval)
            ? $", {fill} more every {interval} s"
            : "";
        return $"{left} of {headers.GetValueOrDefault("X-RateLimit-Limit") ?? "?"} requests left{refill}";
    }

    private static TimeSpan Until(DateTimeOffset instant, IReadOnlyDictionary<string, string> headers, DateTimeOffset now)
    {
        var wait = instant - (ServerTime(headers) ?? now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(wait.TotalSeconds, LongestSeconds));
    }

    private static double? Number(IReadOnlyDictionary<string, string> headers, string name) => headers.TryGetValue(name, out var text) ? Seconds(text) : null;

    private static double? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, LongestSeconds) : null;

    private static bool Date(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
}

/// <summary>A bucket of requests that refills by itself.</summary>
/// <param name="Size">Requests it holds when full.</param>
/// <param name="Left">Requests in it now.</param>
/// <param name="PerSecond">Requests that come back each second.</param>
internal sealed record TokenBucket(double Size, double Left, double PerSecond)
{
    /// <summary>Whether so little is left that the rate of refilling should be kept.</summary>
    public bool IsLow => Left <= Size / 5;

    /// <summary>Whether so much is left that nothing needs to be spared.</summary>
    public bool IsFull => Left >= Size / 2;
}
