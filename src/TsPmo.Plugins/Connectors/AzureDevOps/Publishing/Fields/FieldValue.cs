using System.Globalization;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Fields;

/// <summary>Compares values of fields as the tracker does: it spells numbers and dates its own way and drops surrounding blanks.</summary>
internal static class FieldValue
{
    public static bool Same(string? left, string? right)
    {
        var (a, b) = (left?.Trim() ?? "", right?.Trim() ?? "");
        if (a == b)
            return true;
        if (a.Length == 0 || b.Length == 0)
            return false;
        return Number(a) is { } x && Number(b) is { } y ? x == y : WireDate.Instant(a) is { } at && at == WireDate.Instant(b);
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
