using System.Text.Json;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>
/// A person as the tracker tells one: an object with a unique name, or a text <c>Name &lt;unique name&gt;</c> (which also occurs as the unique name of an object).
/// The account is the unique name in lower case: names are compared without case.
/// </summary>
internal readonly record struct WireIdentity(string Account, string DisplayName)
{
    public string? Email => Account.Contains('@', StringComparison.Ordinal) && !Account.Contains('\\', StringComparison.Ordinal) ? Account : null;

    public PersonFact ToFact() => new(Account, DisplayName, Email);

    public static WireIdentity? Read(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => Parse(text.WholeText(), null),
        { ValueKind: JsonValueKind.Object } person => Parse(
            person.Text("uniqueName") ?? person.Text("mailAddress") ?? person.Text("descriptor") ?? person.Text("id") ?? person.Text("displayName"),
            person.Text("displayName")),
        _ => null,
    };

    /// <summary>Reads a unique name or the combined form; null when there is none.</summary>
    public static WireIdentity? Parse(string? text, string? displayName)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var open = text.LastIndexOf('<');
        if (open < 0 || !text.EndsWith('>') || open + 2 >= text.Length)
            return Of(text, displayName ?? text);
        var name = text[..open].Trim();
        return Of(text[(open + 1)..^1], displayName ?? (name.Length > 0 ? name : text[(open + 1)..^1]));
    }

    private static WireIdentity Of(string account, string name) => new(account.Trim().ToLowerInvariant(), name.Trim());
}
