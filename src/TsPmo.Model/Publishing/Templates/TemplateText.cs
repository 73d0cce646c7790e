using System.Text;

namespace TsPmo.Model.Publishing.Templates;

/// <summary>
/// A text with placeholders: <c>{name}</c>, <c>{name:number}</c>, <c>{name:reason}</c>, <c>{name:words first|second|…}</c>. A brace meant as such is
/// doubled. Nothing else is special: what stands around placeholders is said as it is.
/// </summary>
/// <param name="Parts">Its parts in order.</param>
public sealed record TemplateText(IReadOnlyList<TemplatePart> Parts)
{
    /// <summary>The placeholders in it, in order.</summary>
    public IEnumerable<Placeholder> Placeholders => Parts.OfType<Placeholder>();

    /// <summary>The one placeholder that is the whole text; null where there is more or less.</summary>
    public Placeholder? Alone => Parts is [Placeholder only] ? only : null;

    /// <summary>Reads a text. What is wrong with it is said in <paramref name="flaws"/>, and stands in the text as it was written.</summary>
    public static TemplateText Parse(string text, ICollection<TemplateFlaw> flaws)
    {
        var parts = new List<TemplatePart>();
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                plain.Append(c);
                i++;
            }
            else if (c == '{' && text.IndexOf('}', i) is var end and > 0 && Placeholder.Parse(text[(i + 1)..end]) is var (placeholder, flaw))
            {
                Flush(parts, plain);
                parts.Add(placeholder);
                if (flaw is not null)
                    flaws.Add(flaw);
                i = end;
            }
            else
            {
                plain.Append(c);
                if (c is '{' or '}')
                    flaws.Add(new(text, $"has a single '{c}'", $"double it to '{c}{c}' where the brace itself is meant"));
            }
        }

        Flush(parts, plain);
        return new(parts);
    }

    private static void Flush(List<TemplatePart> parts, StringBuilder plain)
    {
        if (plain.Length > 0)
            parts.Add(new PlainText(plain.ToString()));
        plain.Clear();
    }
}

/// <summary>A part of a template's text.</summary>
public abstract record TemplatePart;

/// <summary>Words of the template's author.</summary>
public sealed record PlainText(string Text) : TemplatePart;

/// <summary>How a value is said.</summary>
public enum PlaceholderForm
{
    /// <summary>With sign, unit and meaning, as everywhere else.</summary>
    Value,

    /// <summary>The number alone, signed where the figure is, in the configured culture.</summary>
    Number,

    /// <summary>Why it is so, or why there is no value.</summary>
    Reason,

    /// <summary>One of the author's words: for traffic lights green|amber|red|unknown, for figures above|below|at the neutral value.</summary>
    Words,
}

/// <summary>Where a value goes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">How it is said.</param>
/// <param name="Words">The author's words, where the form wants some.</param>
public sealed record Placeholder(string Name, PlaceholderForm Form, IReadOnlyList<string> Words) : TemplatePart
{
    private const string WordsForm = "words ";

    /// <summary>Reads what stands between braces.</summary>
    internal static (Placeholder Placeholder, TemplateFlaw? Flaw) Parse(string inner)
    {
        var colon = inner.IndexOf(':', StringComparison.Ordinal);
        var (name, form) = colon < 0 ? (inner.Trim(), "") : (inner[..colon].Trim(), inner[(colon + 1)..].Trim());
        if (form.StartsWith(WordsForm, StringComparison.Ordinal))
        {
            string[] words = [.. form[WordsForm.Length..].Split('|').Select(w => w.Trim())];
            var flaw = words.Length is 3 or 4 ? null : new TemplateFlaw(inner, "has neither three nor four words", "give green|amber|red|unknown for a traffic light, above|below|at for a figure");
            return (new(name, PlaceholderForm.Words, words), flaw);
        }

        return form switch
        {
            "" => (new(name, PlaceholderForm.Value, []), null),
            "number" => (new(name, PlaceholderForm.Number, []), null),
            "reason" => (new(name, PlaceholderForm.Reason, []), null),
            _ => (new(name, PlaceholderForm.Value, []), new(inner, $"asks for the form '{form}'", "use number, reason, or words first|second|third")),
        };
    }
}

/// <summary>What is wrong in a template.</summary>
/// <param name="Where">The text it is in.</param>
/// <param name="What">What is wrong, as a part of a sentence ("has a single brace").</param>
/// <param name="Remedy">What would be right.</param>
/// <param name="Line">The line, from 1; 0 where the text is a single one.</param>
public sealed record TemplateFlaw(string Where, string What, string Remedy, int Line = 0);
