using System.Text.RegularExpressions;
using TsPmo.Model.Publishing;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Comment;

/// <summary>What a comment says, as lines of plain text: a title, the statements, the marker.</summary>
internal static partial class CommentText
{
    /// <summary>The lines of a report. Every line is one line, whatever its text holds.</summary>
    public static IReadOnlyList<string> Lines(string publication, StatusReport report, int made)
    {
        List<string> lines = [.. report.Lines.Select(Statement).Prepend(OneLine(report.Title)).Where(l => l.Length > 0)];
        return [.. lines, CommentMarker.For(OneLine(publication), report.ContentHash, lines, made).ToString()];
    }

    /// <summary>The text of lines, in the form in which it is compared.</summary>
    public static string Join(IEnumerable<string> lines) => string.Join('\n', lines.Select(l => l.Trim()).Where(l => l.Length > 0));

    /// <summary>A text on one line.</summary>
    public static string OneLine(string text) => Space().Replace(text, " ").Trim();

    private static string Statement(StatusLine line)
    {
        var (label, text) = (OneLine(line.Label), OneLine(line.Text));
        return label.Length == 0 ? text : $"{label}: {text}".TrimEnd();
    }

    [GeneratedRegex(@"[\s\p{Cc}\u200B\u202A-\u202E\u2066-\u2069]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Space();
}
