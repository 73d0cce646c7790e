using System.Net;
using System.Text;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing;

/// <summary>
/// A report as a text of ours, in Markdown or, where that is not known, in HTML. Its last line tells it from others, which state of the report it holds, and by
/// a check over the lines above whether a person changed them.
/// </summary>
internal sealed record MarkedReport(string Publication)
{
    private const string Special = "\\`*_[]<>#|~!$@&{}";

    private string Beginning => $"tspmo:{Publication}:";

    public string Markdown(StatusReport report, int longest) => PlainText.Fitting(longest, l => Markdown(report, PlainText.Lines(report, l)), t => t.Length <= longest);

    public string Html(StatusReport report, int longest) => PlainText.Fitting(longest, l => Html(report, PlainText.Lines(report, l)), t => t.Length <= longest);

    public bool IsOurs(string? text) => Marker(text).StartsWith(Beginning, StringComparison.Ordinal);

    /// <summary>Whether a text of ours says what the report says, the lines aside that merely tell how fresh it is.</summary>
    public bool Says(string? text, StatusReport report) => Marker(text).StartsWith($"{Beginning}{Fingerprint.Short(report.ContentHash)}-", StringComparison.Ordinal);

    /// <summary>Whether the lines above the marker are what they were when it was made.</summary>
    public bool Vouches(string? text)
    {
        var plain = Plain(text);
        var end = plain.LastIndexOf('\n');
        return IsOurs(text) && Marker(text).EndsWith($"-{Check(end < 0 ? "" : plain[..end])}", StringComparison.Ordinal);
    }

    public static bool Same(string? left, string? right) => Plain(left) == Plain(right);

    private string Markdown(StatusReport report, IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        text.Append("**").Append(Escaped(lines[0])).Append("**\n\n");
        foreach (var line in lines.Skip(1))
            text.Append("- ").Append(Item(line)).Append('\n');
        var mark = Mark(report, text.ToString());
        return text.Append("\n`").Append(mark).Append('`').ToString();
    }

    private string Html(StatusReport report, IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        text.Append("<p><b>").Append(WebUtility.HtmlEncode(lines[0])).Append("</b></p><ul>");
        foreach (var line in lines.Skip(1))
            text.Append("<li>").Append(WebUtility.HtmlEncode(line)).Append("</li>");
        return text.Append("</ul><p>").Append(WebUtility.HtmlEncode(Mark(report, string.Join('\n', lines)))).Append("</p>").ToString();
    }

    private string Mark(StatusReport report, string above) => $"{Beginning}{Fingerprint.Short(report.ContentHash)}-{Check(above)}";

    private static string Marker(string? text) => Plain(text).Split('\n')[^1].Trim().Trim('`');

    private static string Plain(string? text) => HtmlText.IsHtml(text) ? HtmlText.Plain(text) : (text ?? "").ReplaceLineEndings("\n").Trim();

    private static string Check(string text) => Fingerprint.Of(text.Trim());

    /// <summary>An item of a list must not begin another list.</summary>
    private static string Item(string line)
    {
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        var isNumber = digits > 0 && digits < line.Length && line[digits] is '.' or ')';
        return isNumber ? $"{line[..digits]}\\{Escaped(line[digits..])}" : line[0] is '-' or '+' ? $"\\{Escaped(line)}" : Escaped(line);
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Special.Contains(c, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
