using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TsPmo.Plugins.Connectors;

/// <summary>
/// Texts in answers. Trackers and their add-ons cut texts in the middle of a sign and store what is left, which no reader of JSON takes: half a sign, or a byte that begins none.
/// </summary>
internal static partial class DamagedText
{
    /// <summary>The text of an element that is one, with U+FFFD in place of what is damaged. Of an element of another kind it throws, as reading it for a text does.</summary>
    public static string WholeText(this JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException) when (element.ValueKind == JsonValueKind.String)
        {
            return Mended(JsonMarshal.GetRawUtf8Value(element)[1..^1]);
        }
    }

    /// <summary>Writes an element as it was received, with what is damaged in it.</summary>
    public static void WriteRaw(this Utf8JsonWriter writer, JsonElement element) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);

    private static string Mended(ReadOnlySpan<byte> json)
    {
        var text = Escapes().Replace(Encoding.UTF8.GetString(json), e => Meant(e.ValueSpan).ToString());
        // Bytes cannot hold half a sign.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    private static char Meant(ReadOnlySpan<char> escape) => escape[1] switch
    {
        'u' => (char)ushort.Parse(escape[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var itself => itself,
    };

    [GeneratedRegex(@"\\(u[0-9A-Fa-f]{4}|[^u])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escapes();
}
