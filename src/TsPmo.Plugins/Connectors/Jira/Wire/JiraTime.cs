using System.Globalization;
using System.Text.Json;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>Jira's ways to tell time: "…+0100" without a colon, ISO 8601 with one or with Z, and Unix milliseconds.</summary>
internal static class JiraTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz",
    ];

    /// <summary>The instant in UTC; null when it is none.</summary>
    public static DateTimeOffset? Instant(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var milliseconds) => FromMilliseconds(milliseconds),
        JsonValueKind.String => Instant(value.GetString()),
        _ => null,
    };

    /// <summary>The instant in UTC; null when it is none.</summary>
    public static DateTimeOffset? Instant(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.EndsWith('Z'))
            text = string.Concat(text.AsSpan(0, text.Length - 1), "+00:00");
        else if (text.Length > 5 && text[^5] is '+' or '-' && text[^3] != ':')
            text = string.Concat(text.AsSpan(0, text.Length - 2), ":", text.AsSpan(text.Length - 2));
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToUniversalTime()
            : null;
    }

    /// <summary>A calendar date, alone or at the head of a longer text; null when it is none.</summary>
    public static DateOnly? Date(string? text) =>
        text is { Length: >= 10 } && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
