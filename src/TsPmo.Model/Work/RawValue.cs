namespace TsPmo.Model.Work;

/// <summary>
/// A value in the tracker's words. Numbers are invariant decimals without trailing zeros ("5", "0.5"), dates <c>yyyy-MM-dd</c>,
/// lists their elements in ordinal order joined by line feeds. An absent value has no text.
/// </summary>
/// <param name="Text">The value as text; null when absent or empty.</param>
/// <param name="Id">The tracker's immutable id behind the text (status, type), where it has one.</param>
public readonly record struct RawValue(string? Text, string? Id = null)
{
    /// <summary>No value.</summary>
    public static readonly RawValue None;

    /// <summary>Whether there is no value.</summary>
    public bool IsNone => Text is null && Id is null;

    /// <summary>A text; null, empty and white-space texts are no value.</summary>
    public static RawValue OfText(string? text, string? id = null) =>
        new(string.IsNullOrWhiteSpace(text) ? null : text, id);

    /// <summary>A number in canonical form.</summary>
    public static RawValue OfNumber(decimal? number) =>
        new(number is { } n ? Canonical(n) : null);

    /// <summary>A calendar date.</summary>
    public static RawValue OfDate(DateOnly? date) =>
        new(date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>"true" or no value.</summary>
    public static RawValue OfFlag(bool set) => new(set ? "true" : null);

    /// <summary>A list: distinct, sorted ordinally, empty elements left out; an empty list is no value.</summary>
    public static RawValue OfList(IEnumerable<string> elements)
    {
        var sorted = elements.Select(e => e.Trim()).Where(e => e.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return new(sorted.Length == 0 ? null : string.Join('\n', sorted));
    }

    /// <summary>The elements of a list value, sorted; empty for no value.</summary>
    public IReadOnlyList<string> AsList() => Text is null ? [] : Text.Split('\n');

    /// <summary>The number, or null when there is none or the text is not a number.</summary>
    public decimal? AsNumber() =>
        decimal.TryParse(Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The date, or null when there is none or the text is not one.</summary>
    public DateOnly? AsDate() =>
        Text is { Length: >= 10 } && DateOnly.TryParseExact(Text.AsSpan(0, 10), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Whether a flag is set.</summary>
    public bool AsFlag() => Text == "true";

    private static string Canonical(decimal number) =>
        number == 0 ? "0" : (number / 1.000000000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
