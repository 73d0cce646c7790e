using System.Globalization;
using TsPmo.Model;

namespace TsPmo.Sync.Configuration.Reading;

/// <summary>What is wrong with a text and what would be right.</summary>
internal sealed record Mistake(string Wrong, string Right);

/// <summary>Turns a text of the configuration into a value of an option's type. Invariant culture; numbers of enumerations are not taken for their names.</summary>
internal static class PlainValue
{
    /// <summary>The value, or the mistake that keeps it from being one.</summary>
    public static (object? Value, Mistake? Mistake) Read(Type type, string text, SettingAttribute setting)
    {
        var (value, mistake) = Parse(type, text);
        mistake ??= OutOfRange(value, setting) ?? NotAllowed(ref value, setting) ?? (value is string s ? SettingForms.Check(setting.Form, s) : null)
            ?? (value is Uri uri && setting.Form == "url" ? SettingForms.CheckAddress(uri) : null);
        return mistake is null ? (value, null) : (null, mistake);
    }

    private static (object? Value, Mistake? Mistake) Parse(Type type, string text) => type switch
    {
        _ when type == typeof(string) => (text, null),
        _ when type == typeof(Secret) => (new Secret(text), null),
        _ when type == typeof(bool) => Parsed(bool.TryParse(text, out var flag), flag, "is neither true nor false", "write true or false"),
        _ when type == typeof(int) => Parsed(int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole), whole, "is not a whole number", "write digits only, such as 4"),
        _ when type == typeof(double) => Parsed(
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real), real, "is not a number", "write a number with a decimal point, such as 2.5"),
        _ when type == typeof(decimal) => Parsed(
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number), number, "is not a number", "write a number with a decimal point, such as 2.5"),
        _ when type == typeof(TimeSpan) => Parsed(
            TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero && text.Contains(':', StringComparison.Ordinal), span,
            "is not a length of time", "write hours:minutes:seconds, or days.hours:minutes:seconds, such as 00:01:40"),
        _ when type == typeof(DateOnly) => Parsed(
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day), day, "is not a date", "write an existing day as yyyy-MM-dd, such as 2026-01-31"),
        _ when type == typeof(DateTimeOffset) => Instant(text),
        _ when type == typeof(Uri) => Parsed(Uri.TryCreate(text, UriKind.Absolute, out var uri), uri, "is not an address", "write it in full, such as https://example.com"),
        _ when type.IsEnum => Named(type, text),
        _ => throw new NotSupportedException($"Options of type {type} cannot be read."),
    };

    private static (object?, Mistake?) Parsed(bool good, object? value, string wrong, string right) => good ? (value, null) : (null, new Mistake(wrong, right));

    private static (object?, Mistake?) Instant(string text)
    {
        string[] forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        var good = DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && hasOffset;
        return Parsed(good, instant.ToUniversalTime(), "is not an instant", "write date, time and offset, such as 2026-01-12T00:00:00Z");
    }

    private static (object?, Mistake?) Named(Type type, string text)
    {
        var name = Array.Find(Enum.GetNames(type), n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name is null
            ? (null, new Mistake("is not one of the allowed values", "write one of " + string.Join(", ", Enum.GetNames(type))))
            : (Enum.Parse(type, name), null);
    }

    private static Mistake? OutOfRange(object? value, SettingAttribute setting)
    {
        if (value is not (int or double or decimal))
            return null;
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (number >= setting.Minimum && number <= setting.Maximum)
            return null;
        var least = setting.Minimum.ToString(CultureInfo.InvariantCulture);
        return double.IsPositiveInfinity(setting.Maximum)
            ? new Mistake("is too small", $"write {least} or more")
            : new Mistake("is out of range", $"write a number from {least} to {setting.Maximum.ToString(CultureInfo.InvariantCulture)}");
    }

    private static Mistake? NotAllowed(ref object? value, SettingAttribute setting)
    {
        if (setting.Allowed.Length == 0 || value is not string text)
            return null;
        var spelling = Array.Find(setting.Allowed, a => a.Equals(text, StringComparison.OrdinalIgnoreCase));
        value = spelling;
        return spelling is null ? new Mistake("is not one of the allowed values", "write one of " + string.Join(", ", setting.Allowed)) : null;
    }
}
