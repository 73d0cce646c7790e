namespace TsPmo.Model.Publishing.Templates;

/// <summary>When a line of a report is said.</summary>
public enum LineOccasion
{
    /// <summary>Whenever figures are.</summary>
    Always,

    /// <summary>Where everything that it names has a value (begins with <c>?</c>).</summary>
    IfKnown,

    /// <summary>Instead of all other lines where the data are too old (begins with <c>!</c>).</summary>
    WhenStale,

    /// <summary>Once for each project of a portfolio (begins with <c>*</c>).</summary>
    PerProject,
}

/// <summary>One line of a report's template.</summary>
/// <param name="Label">What the line is about: the words before its first colon; empty where it has none.</param>
/// <param name="Text">What is said.</param>
/// <param name="Occasion">When it is said.</param>
public sealed record TemplateLine(TemplateText Label, TemplateText Text, LineOccasion Occasion);

/// <summary>
/// What a report says, in the words of whoever wrote the template: the first line names the project, every other line is one statement. Empty lines
/// and lines that begin with <c>#</c> say nothing.
/// </summary>
/// <param name="Name">What the template is called in messages: its file, or the setting it stands in.</param>
/// <param name="Title">The first line.</param>
/// <param name="Lines">The statements in order.</param>
/// <param name="Source">The text it was read from: the same text gives the same reports.</param>
public sealed record ReportTemplate(string Name, TemplateText Title, IReadOnlyList<TemplateLine> Lines, string Source)
{
    private const string Occasions = "?!*";

    /// <summary>Every placeholder of the title and the lines.</summary>
    public IEnumerable<Placeholder> Placeholders => Lines.SelectMany(l => l.Label.Placeholders.Concat(l.Text.Placeholders)).Concat(Title.Placeholders);

    /// <summary>Reads a template; what is wrong with it is said in <paramref name="flaws"/>.</summary>
    public static ReportTemplate Parse(string name, string source, ICollection<TemplateFlaw> flaws)
    {
        var title = new TemplateText([]);
        var lines = new List<TemplateLine>();
        var isFirst = true;
        foreach (var (text, number) in source.ReplaceLineEndings("\n").Split('\n').Select((l, i) => (l.Trim(), i + 1)).Where(l => l.Item1.Length > 0 && l.Item1[0] != '#'))
        {
            var found = new List<TemplateFlaw>();
            if (isFirst)
                title = TemplateText.Parse(text, found);
            else
                lines.Add(Line(text, found));
            isFirst = false;
            foreach (var flaw in found)
                flaws.Add(flaw with { Line = number });
        }

        if (isFirst)
            flaws.Add(new(name, "says nothing", "begin with a line that names the project, such as {project.name}"));
        return new(name, title, lines, source);
    }

    private static TemplateLine Line(string text, List<TemplateFlaw> flaws)
    {
        var mark = Occasions.IndexOf(text[0], StringComparison.Ordinal);
        var said = mark < 0 ? text : text[1..].TrimStart();
        var colon = Colon(said);
        return new(
            TemplateText.Parse(colon < 0 ? "" : said[..colon].TrimEnd(), flaws),
            TemplateText.Parse(colon < 0 ? said : said[(colon + 1)..].TrimStart(), flaws),
            (LineOccasion)(mark + 1));
    }

    /// <summary>The first colon outside braces; -1 where there is none.</summary>
    private static int Colon(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (text[i] == ':' && depth == 0)
                return i;
        }

        return -1;
    }
}
