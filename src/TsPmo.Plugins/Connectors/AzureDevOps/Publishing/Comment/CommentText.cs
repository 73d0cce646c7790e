using System.Text;
using TsPmo.Model.Publishing;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Comment;

/// <summary>
/// The text of our comment. Its last line tells it from others, which state of the report it holds, and by a check over the lines above whether a
/// person changed them.
/// </summary>
internal sealed record CommentText(string Publication)
{
    private const string Special = "\\`*_[]<>#|~";

    private string Beginning => $"`tspmo:{Publication}:";

    public string Write(StatusReport report)
    {
        var text = new StringBuilder();
        text.Append("**").Append(Escaped(report.Title)).Append("**\n\n");
        foreach (var line in report.Lines)
            text.Append("- **").Append(Escaped(line.Label)).Append(":** ").Append(Escaped(line.Text)).Append('\n');
        var check = Check(text.ToString());
        return text.Append('\n').Append(Beginning).Append(Fingerprint.Short(report.ContentHash)).Append('-').Append(check).Append('`').ToString();
    }

    public bool IsOurs(string? text) => LastLine(text).StartsWith(Beginning, StringComparison.Ordinal);

    /// <summary>Whether a comment of ours says what the report says, the lines aside that merely tell how fresh it is.</summary>
    public bool Says(string? text, StatusReport report) => LastLine(text).StartsWith($"{Beginning}{Fingerprint.Short(report.ContentHash)}-", StringComparison.Ordinal);

    /// <summary>Whether the lines above the marker are what they were when it was made.</summary>
    public bool Vouches(string? text)
    {
        var plain = Plain(text);
        var end = plain.LastIndexOf('\n');
        return IsOurs(text) && LastLine(text).EndsWith($"-{Check(end < 0 ? "" : plain[..end])}`", StringComparison.Ordinal);
    }

    public static bool Same(string? left, string? right) => Plain(left) == Plain(right);

    private static string LastLine(string? text) => Plain(text).Split('\n')[^1].Trim();

    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    private static string Check(string text) => Fingerprint.Of(Plain(text));

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            if (Special.Contains(c, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
