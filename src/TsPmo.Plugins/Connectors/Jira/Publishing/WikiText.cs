using System.Text;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.Jira.Publishing;

/// <summary>Comments and long texts of Data Center: wiki markup. Every character that could begin a mention, a macro, a link or any other markup is escaped.</summary>
internal static class WikiText
{
    private const string Special = @"\{}[]()*_-+^~?!#|@&<>";

    /// <summary>Lines as markup: the first strong, the last emphasised, those between as a list. No line begins with text of its own, so none can be a heading or a quote.</summary>
    public static string Write(IReadOnlyList<string> lines) =>
        string.Join('\n', lines.Select((line, i) => i == 0 ? $"*{Escape(line)}*" : i == lines.Count - 1 ? $"_{Escape(line)}_" : $"* {Escape(line)}"));

    /// <summary>The text of markup as people read it, as far as we wrote it.</summary>
    public static string Read(string markup)
    {
        var lines = markup.ReplaceLineEndings("\n").Split('\n');
        return PlainText.Join(lines.Select(l => Unescape(Bare(l.Trim()))));
    }

    private static string Bare(string line)
    {
        if (line.StartsWith("* ", StringComparison.Ordinal))
            return line[2..];
        var isMarked = line.Length > 2 && line[0] is '*' or '_' && line[^1] == line[0] && !IsEscaped(line.AsSpan(1..^1));
        return isMarked ? line[1..^1] : line;
    }

    /// <summary>Whether what follows is escaped: a backslash that is escaped itself escapes nothing.</summary>
    private static bool IsEscaped(ReadOnlySpan<char> before) => (before.Length - before.TrimEnd('\\').Length) % 2 == 1;

    /// <summary>A text in which nothing is markup.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (Special.Contains(c, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>The text of what was escaped.</summary>
    public static string Unescape(string markup)
    {
        var text = new StringBuilder(markup.Length);
        for (var i = 0; i < markup.Length; i++)
        {
            if (markup[i] == '\\' && i + 1 < markup.Length && Special.Contains(markup[i + 1], StringComparison.Ordinal))
                i++;
            text.Append(markup[i]);
        }

        return text.ToString();
    }
}
