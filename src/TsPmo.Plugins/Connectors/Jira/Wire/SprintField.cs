using System.Text.Json;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>The sprint field of an issue: objects, or on Data Center the text a Java object printed of itself.</summary>
internal static class SprintField
{
    private const string First = "[id=";
    private const string Later = ",id=";

    /// <summary>Ids of every sprint in the field; elements without a readable id are left out.</summary>
    public static IEnumerable<string> Ids(JsonElement field)
    {
        var elements = field.ValueKind == JsonValueKind.Array ? field.Items() : [field];
        return elements.Select(Id).OfType<string>();
    }

    /// <summary>
    /// The id inside a printed sprint. It stands first or, in old versions, last; names and goals may hold commas, brackets and even
    /// texts that look like members, so nothing between is believed.
    /// </summary>
    public static string? IdOf(string printed)
    {
        var open = printed.IndexOf('[', StringComparison.Ordinal);
        if (open >= 0 && printed.AsSpan(open).StartsWith(First, StringComparison.Ordinal))
            return Digits(printed.AsSpan(open + First.Length));
        var last = printed.LastIndexOf(Later, StringComparison.Ordinal);
        return last < 0 ? null : Digits(printed.AsSpan(last + Later.Length));
    }

    private static string? Id(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.Text("id"),
        JsonValueKind.String => IdOf(element.GetString() ?? ""),
        JsonValueKind.Number => element.Text(),
        _ => null,
    };

    private static string? Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        return digits.IsEmpty ? null : digits.ToString();
    }
}
