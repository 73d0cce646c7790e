using System.Text;

namespace TsPmo.Plugins.Http;

/// <summary>Takes credentials out of a text that came from outside, and makes it one short line.</summary>
/// <param name="secrets">Tells every text that must not be shown, as of now: tokens come and go.</param>
internal sealed class Redaction(Func<IEnumerable<string>> secrets)
{
    private const int Longest = 300;

    /// <summary>The text without credentials, control characters and excess length; null when nothing is left.</summary>
    public string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        foreach (var secret in secrets().Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length))
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
            line.Append(char.IsControl(c) ? ' ' : c);
        var clean = line.ToString().Trim();
        return clean.Length > Longest ? string.Concat(clean.AsSpan(0, Longest), "…") : clean;
    }
}
