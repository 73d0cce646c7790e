using System.Globalization;
using System.Text.Json;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>Reads what may be absent, null or of another shape than documented: the answer is then "nothing", never an exception.</summary>
internal static class JsonReading
{
    /// <summary>A property that is there and not null.</summary>
    public static JsonElement? Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) && child.ValueKind != JsonValueKind.Null ? child : null;

    public static JsonElement? Child(this JsonElement? element, string name) => element is { } present ? present.Child(name) : null;

    /// <summary>A text, or a number or flag as it is written; null when empty.</summary>
    public static string? Text(this JsonElement element, string name) => element.Child(name) is { } child ? child.AsText() : null;

    public static string? Text(this JsonElement? element, string name) => element is { } present ? present.Text(name) : null;

    public static string? AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.WholeText() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    public static long? Whole(this JsonElement element, string name) =>
        long.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static long? Whole(this JsonElement? element, string name) => element is { } present ? present.Whole(name) : null;

    /// <summary>A decimal; noise of binary fractions beyond nine places is cut off.</summary>
    public static decimal? Number(this JsonElement element, string name) =>
        decimal.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Math.Round(number, 9) : null;

    public static bool Flag(this JsonElement element, string name) =>
        string.Equals(element.Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public static DateTimeOffset? Instant(this JsonElement element, string name) => WireDate.Instant(element.Text(name));

    public static DateOnly? Day(this JsonElement element, string name) => WireDate.Day(element.Text(name));

    /// <summary>The objects of a list; null entries, as batch answers have them, are left out.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(i => i.ValueKind != JsonValueKind.Null) : [];

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) => element is { } present ? present.Items(name) : [];
}
