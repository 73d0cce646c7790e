using System.Net;
using System.Text.RegularExpressions;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing;

/// <summary>Text in fields and comments that are HTML. The server rearranges the markup that it is sent, so texts are compared by what people read.</summary>
internal static partial class HtmlText
{
    /// <summary>A text of several lines as HTML.</summary>
    public static string Write(string text) => string.Join("<br>", text.Split('\n').Select(WebUtility.HtmlEncode));

    /// <summary>Whether a text is HTML as we write it.</summary>
    public static bool IsHtml(string? text) => text?.TrimStart().StartsWith('<') == true;

    /// <summary>The text that people read, a line per block.</summary>
    public static string Plain(string? html)
    {
        var text = WebUtility.HtmlDecode(Tag().Replace(Block().Replace((html ?? "").ReplaceLineEndings(" "), "\n"), ""));
        return string.Join('\n', text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));
    }

    [GeneratedRegex("<br */?>|</(p|div|li|ul|ol|h[1-6])>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("<[^<>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();
}
