using System.Globalization;

namespace TsPmo.Plugins.Http;

/// <summary>
/// Limits as the structured headers tell them: <c>RateLimit: "name";r=left;t=seconds</c> and <c>RateLimit-Policy: "name";q=quota;w=seconds</c>.
/// What is called beta is informational and left out.
/// </summary>
internal static class StructuredLimits
{
    /// <summary>The limits of an answer, in its order.</summary>
    public static IEnumerable<StructuredLimit> Of(IReadOnlyDictionary<string, string> headers)
    {
        if (!headers.TryGetValue("RateLimit", out var limits))
            return [];
        var quotas = headers.TryGetValue("RateLimit-Policy", out var policies)
            ? Entries(policies).GroupBy(e => e.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Number('q'), StringComparer.Ordinal)
            : [];
        return Entries(limits)
            .Where(e => e.Number('r') is not null)
            .Select(e => new StructuredLimit(e.Name, e.Number('r') ?? 0, e.Number('t'), quotas.GetValueOrDefault(e.Name)));
    }

    private static IEnumerable<Entry> Entries(string header) =>
        Split(header, ',').Select(part => Split(part, ';')).Where(parts => parts.Count > 0)
            .Select(parts => new Entry(parts[0].Trim('"'), parts))
            .Where(e => !e.Name.StartsWith("Beta-", StringComparison.OrdinalIgnoreCase));

    /// <summary>Parts between separators that stand outside quotes.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
                isQuoted = !isQuoted;
            if (i < text.Length && (isQuoted || text[i] != separator))
                continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }

        return parts;
    }

    private sealed record Entry(string Name, IReadOnlyList<string> Parts)
    {
        public long? Number(char parameter)
        {
            var part = Parts.Skip(1).FirstOrDefault(p => p.Length > 2 && p[0] == parameter && p[1] == '=');
            return part is not null && long.TryParse(part.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
    }
}

/// <summary>One limit.</summary>
/// <param name="Name">The server's name for it.</param>
/// <param name="Left">What is left.</param>
/// <param name="ResetSeconds">Seconds until it begins anew; null: not told.</param>
/// <param name="Quota">The whole; null: not told.</param>
internal sealed record StructuredLimit(string Name, long Left, long? ResetSeconds, long? Quota)
{
    /// <summary>Whether less than a tenth is left.</summary>
    public bool IsNear => Left == 0 || Left < Quota / 10;

    /// <summary>In words.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Left} of {Quota?.ToString(CultureInfo.InvariantCulture) ?? "?"} left of '{Name}'{(ResetSeconds is { } s ? $", anew in {s} s" : "")}");
}
