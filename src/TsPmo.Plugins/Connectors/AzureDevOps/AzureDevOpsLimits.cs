using System.Globalization;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>What Azure DevOps says about its limits: it counts throughput units, and tells of them only where they run short.</summary>
internal static class AzureDevOpsLimits
{
    /// <summary>Begins the message with which a request is refused for a limit, whatever the status it comes with.</summary>
    public const string Blocked = "TF400733";

    /// <summary>What is left, in words; null when the answer does not tell.</summary>
    public static string? Headroom(IReadOnlyDictionary<string, string> headers)
    {
        var told = new[] { Left(headers), Delayed(headers), Asked(headers) }.OfType<string>();
        return string.Join("; ", told) is { Length: > 0 } words ? words : null;
    }

    private static string? Left(IReadOnlyDictionary<string, string> headers)
    {
        if (!headers.TryGetValue("X-RateLimit-Remaining", out var left))
            return null;
        var resource = headers.TryGetValue("X-RateLimit-Resource", out var name) ? $" of {name}" : "";
        return $"{left} of {headers.GetValueOrDefault("X-RateLimit-Limit") ?? "?"} throughput units left{resource}{Anew(headers)}";
    }

    private static string Anew(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("X-RateLimit-Reset", out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_402_300_800
            ? string.Create(CultureInfo.InvariantCulture, $", all of them at {DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-dd HH:mm:ss} UTC")
            : "";

    private static string? Delayed(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("X-RateLimit-Delay", out var text)
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $"the answer was held back for {seconds:0.###} s")
            : null;

    private static string? Asked(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("Retry-After", out var wait) ? $"asked to wait {wait} s" : null;
}
