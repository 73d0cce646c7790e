using System.Globalization;
using System.Text.Json;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>Jira's ways to tell time: "…+0100" without a colon, ISO 8601 with one, with hours alone or with Z, and Unix milliseconds.</summary>
internal static class JiraTime
{
    private const int DateLength = 10;
    private const int MostFractionDigits = 7;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz",
    ];

    /// <summary>The instant in UTC; null when it is none.</summary>
    public static DateTimeOffset? Instant(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var milliseconds) => FromMilliseconds(milliseconds),
        JsonValueKind.String => Instant(value.WholeText()),
        _ => null,
    };

    /// <summary>The instant in UTC; null when it is none. What is finer than a ten-millionth of a second is cut off.</summary>
    public static DateTimeOffset? Instant(string? text)
    {
        if (text is null || ZoneStart(text) is not { } at || Offset(text[at..]) is not { } offset)
            return null;
        return DateTimeOffset.TryParseExact(WithoutFineFraction(text[..at]) + offset, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToUniversalTime()
            : null;
    }

    /// <summary>A calendar date, alone or at the head of a longer text; null when it is none.</summary>
    public static DateOnly? Date(string? text) =>
        text is { Length: >= DateLength } && DateOnly.TryParseExact(text.AsSpan(0, DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>Where the zone begins; the signs of the date do not count.</summary>
    private static int? ZoneStart(string text)
    {
        var at = text.Length > DateLength ? text.AsSpan(DateLength).LastIndexOfAny("+-Z") : -1;
        return at < 0 ? null : at + DateLength;
    }

    private static string? Offset(string zone)
    {
        if (zone == "Z")
            return "+00:00";
        var digits = zone.Length == 6 && zone[3] == ':' ? zone.Remove(3, 1) : zone;
        return digits.Length switch
        {
            3 => digits + ":00",
            5 => digits.Insert(3, ":"),
            _ => null,
        };
    }

    private static string WithoutFineFraction(string local)
    {
        var point = local.IndexOf('.', StringComparison.Ordinal);
        var fraction = local.AsSpan(point + 1);
        var isFiner = point >= 0 && fraction.Length > MostFractionDigits && !fraction.ContainsAnyExceptInRange('0', '9');
        return isFiner ? local[..(point + 1 + MostFractionDigits)] : local;
    }

    private static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
