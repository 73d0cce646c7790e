using System.Globalization;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Wiql;

/// <summary>Values as queries compare them: numbers as numbers, people by name, texts without case, absent as empty.</summary>
internal static class WiqlValue
{
    public static IComparer<object?> Comparer { get; } = Comparer<object?>.Create(Compare);

    /// <summary>A field's value in the form in which it is compared.</summary>
    public static object? Comparable(object? value) => value switch
    {
        int number => (double)number,
        long number => (double)number,
        bool flag => flag.ToString(),
        Identity person => person.CombinedName,
        _ => value,
    };

    /// <summary>A literal in the type of the field it is compared with.</summary>
    public static object? Literal(FieldDefinition field, string text, WiqlSurroundings surroundings) => field switch
    {
        _ when text.Length == 0 => null,
        { Type: "integer" or "double" } => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw WiqlParser.Wrong($"the value '{text}' does not fit the field [{field.ReferenceName}]"),
        { Type: "dateTime" } => Instant(field, text, surroundings),
        { Type: "boolean" } => bool.TryParse(text, out var flag) ? flag.ToString() : text,
        _ => text,
    };

    /// <summary>The order of two comparable values; absent comes first.</summary>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (double a, double b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        _ => string.Compare(left.ToString(), right.ToString(), StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Equality; people are found by unique name, by display name and by both together.</summary>
    public static bool Same(object? fieldValue, object? literal) =>
        fieldValue is Identity person && literal is string name
            ? name.Equals(person.UniqueName, StringComparison.OrdinalIgnoreCase) || name.Equals(person.DisplayName, StringComparison.OrdinalIgnoreCase) || name.Equals(person.CombinedName, StringComparison.OrdinalIgnoreCase)
            : Compare(Comparable(fieldValue), literal) == 0;

    public static object? Day(object? value) => value is DateTimeOffset at ? new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero) : value;

    private static DateTimeOffset Instant(FieldDefinition field, string text, WiqlSurroundings surroundings)
    {
        var instant = WireDate.Read(text) ?? throw WiqlParser.Wrong($"the value '{text}' does not fit the field [{field.ReferenceName}]");
        return surroundings.TimePrecision || !text.Contains(':', StringComparison.Ordinal)
            ? instant
            : throw WiqlParser.Wrong($"You cannot supply a time with the date when running a query using date precision. The error is caused by «[{field.ReferenceName}] '{text}'»");
    }
}
