using System.Globalization;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>
/// Dates as the tracker spells them: none to seven fractional digits, sometimes without a zone (then UTC), year 1 for "none" and year 9999 for "still so".
/// </summary>
internal static class WireDate
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>The instant in UTC, whatever the machine's zone; null for none, open ends and what is no date.</summary>
    public static DateTimeOffset? Instant(string? text) => Read(text) is { Year: > 1 and < 9999 } instant ? instant : null;

    /// <summary>The day of a field that means a day: dates stand at midnight UTC.</summary>
    public static DateOnly? Day(string? text) => Instant(text) is { } instant ? DateOnly.FromDateTime(instant.UtcDateTime) : null;

    /// <summary>Whether the text is a date at all, those that mean none and open ends included.</summary>
    public static bool IsDate(string? text) => Read(text) is not null;

    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    // Looser texts ("10:30") would be completed with today.
    private static DateTimeOffset? Read(string? text)
    {
        var isIso = text is { Length: >= 10 } && text[4] == '-' && text[7] == '-';
        return isIso && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var instant) ? instant
            : DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, Utc, out instant) ? instant
            : null;
    }
}
