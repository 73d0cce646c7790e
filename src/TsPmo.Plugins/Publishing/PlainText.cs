using System.Text;
using System.Text.RegularExpressions;
using TsPmo.Model.Publishing;

namespace TsPmo.Plugins.Publishing;

/// <summary>Text that is nothing but text: without control characters, without what turns its direction, and no longer than it may be.</summary>
internal static partial class PlainText
{
    /// <summary>Longest line that is written anywhere.</summary>
    public const int LongestLine = 1000;

    private const char Ellipsis = '…';

    /// <summary>A text on one line.</summary>
    public static string OneLine(string text) => Space().Replace(Whole(text), " ").Trim();

    /// <summary>A text on one line of at most so many characters; what is longer ends in an ellipsis.</summary>
    public static string OneLine(string text, int longest) => Shortened(OneLine(text), longest);

    /// <summary>A text of several lines of at most so many characters.</summary>
    public static string Prose(string text, int longest) =>
        Shortened(string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(l => OneLine(l, LongestLine))).Trim(), longest);

    /// <summary>
    /// What a report says as lines: its title and its statements. Each is one line whatever its text holds; all together, with a character between them, are no longer than asked for, and
    /// an ellipsis stands for what had to be left out.
    /// </summary>
    public static IReadOnlyList<string> Lines(StatusReport report, int longest)
    {
        var lines = new List<string>();
        var left = longest - 2;
        foreach (var line in report.Lines.Select(Statement).Prepend(Title(report)).Select(l => OneLine(l, Math.Min(LongestLine, longest / 2))).Where(l => l.Length > 0))
        {
            left -= line.Length + 1;
            if (left < 0)
                return [.. lines, Ellipsis.ToString()];
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The text of lines, in the form in which it is compared.</summary>
    public static string Join(IEnumerable<string> lines) => string.Join('\n', lines.Select(l => l.Trim()).Where(l => l.Length > 0));

    /// <summary>What a report says in one line.</summary>
    public static string Headline(StatusReport report, int longest) =>
        OneLine(string.Join(" · ", report.Lines.Select(Statement).Select(s => OneLine(s, LongestLine)).Where(s => s.Length > 0)), longest);

    /// <summary>The longest of ever shorter forms that fits: what markup adds to a text depends on the text.</summary>
    /// <param name="longest">How long the text may be to begin with.</param>
    /// <param name="write">Gives the form of a text of at most that length.</param>
    /// <param name="fits">Whether the form can be sent.</param>
    public static T Fitting<T>(int longest, Func<int, T> write, Func<T, bool> fits)
    {
        var form = write(longest);
        for (var length = longest / 2; length > 64 && !fits(form); length /= 2)
            form = write(length);
        return form;
    }

    /// <summary>The title on one line; a title of nothing readable gives way to the project's key.</summary>
    public static string Title(StatusReport report) => OneLine(report.Title) is { Length: > 0 } title ? title : report.Project;

    private static string Statement(StatusLine line)
    {
        var (label, text) = (OneLine(line.Label), OneLine(line.Text));
        return label.Length == 0 ? text : $"{label}: {text}".TrimEnd();
    }

    private static string Shortened(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var end = Math.Max(0, longest - 1);
        return (end > 0 && char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end]).TrimEnd() + Ellipsis;
    }

    /// <summary>Half a character cannot be sent and would come back as another.</summary>
    private static string Whole(string text) => text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    [GeneratedRegex(@"[\s\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Space();
}
