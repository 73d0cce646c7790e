using System.Globalization;

namespace TsPmo.Engine.Reporting.Exports;

/// <summary>How cells are spelled, the same in every form.</summary>
internal static class CellText
{
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>UTC, cut off to milliseconds.</summary>
    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A number without trailing zeros.</summary>
    public static decimal Plain(decimal number) => number / One;
}
