using System.Globalization;
using TsPmo.Engine.Intake.Reading;
using TsPmo.Model;

namespace TsPmo.Engine.Intake;

/// <summary>A reported row being judged: asked for its cells, it takes note of everything that is wrong with them.</summary>
internal sealed class IntakeRow
{
    private const int LongestText = 2000;

    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private readonly IReadOnlyDictionary<string, string?> _cells;
    private readonly List<(string Wrong, string Right)> _mistakes = [];

    public IntakeRow(ReadRow read, IReadOnlyList<string> columns)
    {
        _cells = read.Cells;
        if (read.Wrong is { } wrong)
            _mistakes.Add((wrong, read.Right ?? ""));
        else if (_cells.Keys.FirstOrDefault(name => !columns.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            Refuse($"there is no column \"{unknown}\"", $"known are {string.Join(", ", columns)}");
    }

    /// <summary>Its id, whatever else is wrong.</summary>
    public string? Id => Cell("id");

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public Problem? Problem => _mistakes.Count == 0 ? null : new Problem(
        "row-refused",
        Sentence(string.Join("; ", _mistakes.Select(m => m.Wrong))),
        Sentence(string.Join("; ", _mistakes.Select(m => m.Right).Distinct(StringComparer.Ordinal))));

    /// <summary>A text that must be there.</summary>
    public string Needed(string name)
    {
        if (Text(name) is { } text)
            return text;
        if (_mistakes.Count == 0 || _cells.Count > 0)
            Refuse($"{name} is missing", $"give {name}");
        return "";
    }

    /// <summary>A text, or null where it is empty.</summary>
    public string? Text(string name)
    {
        var text = Cell(name);
        if (text?.Length > LongestText)
            Refuse($"{name} is too long", $"give at most {LongestText} characters");
        return text;
    }

    /// <summary>An instant with its offset; null where it is empty.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
            return null;
        // Without an offset the framework would take the machine's.
        var hasOffset = text.EndsWith('Z') || text.Length > 6 && text[^6] is '+' or '-' && text.Contains('T', StringComparison.Ordinal);
        if (hasOffset && DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return instant.ToUniversalTime();
        Refuse($"{name} \"{text}\" is not an instant", "write date, time and offset, such as 2026-01-12T00:00:00Z");
        return null;
    }

    /// <summary>A whole number; null where it is empty.</summary>
    public int? Whole(string name, int least, int most)
    {
        if (Text(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Refuse($"{name} \"{text}\" is not a whole number from {least} to {most}", $"give {name} from {least} to {most}, or nothing");
        return null;
    }

    /// <summary>A value by its name, without case.</summary>
    public T Named<T>(string name)
        where T : struct, Enum
    {
        var text = Needed(name);
        if (Array.Find(Enum.GetNames<T>(), n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
            return Enum.Parse<T>(known);
        if (text.Length > 0)
            Refuse($"{name} \"{text}\" is not known", $"{name} is one of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");
        return default;
    }

    /// <summary>An address that a browser may open; null where it is empty.</summary>
    public string? Address(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            Refuse($"{name} is no web address", "write it in full, such as https://example.com, or leave it out");
        return text;
    }

    /// <summary>Takes note of something wrong.</summary>
    public void Refuse(string wrong, string right) => _mistakes.Add((wrong, right));

    private string? Cell(string name) => _cells.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
