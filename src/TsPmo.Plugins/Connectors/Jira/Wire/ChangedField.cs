using System.Text.Json;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>Which field an item of a history is about. The cloud tells the field's id beside a name in the site's language; Data Center tells the untranslated name alone.</summary>
internal static class ChangedField
{
    /// <summary>Whether it is about a field of Jira itself.</summary>
    /// <param name="item">The item.</param>
    /// <param name="fieldId">The field's id.</param>
    /// <param name="name">Its name, which counts where no id is told.</param>
    public static bool IsSystem(JsonElement item, string fieldId, string name) =>
        (item.Text("fieldId") is { } told ? told == fieldId : Is(item.Text("field"), name)) && !IsCustom(item);

    /// <summary>Whether it tells of another key, as a move between projects does.</summary>
    public static bool IsKey(JsonElement item) => IsSystem(item, "issuekey", "Key") || item.Text("fieldId") == "key";

    /// <summary>Whether it tells of another project. Beside a key it says nothing more.</summary>
    public static bool IsProject(JsonElement item) => IsSystem(item, "project", "project");

    /// <summary>Whether it tells of another security level, which may hide an issue or show it.</summary>
    public static bool IsSecurity(JsonElement item) => IsSystem(item, "security", "security");

    /// <summary>Whether it says that its field is none of Jira's own.</summary>
    public static bool IsCustom(JsonElement item) => Is(item.Text("fieldtype"), "custom");

    private static bool Is(string? text, string wanted) => string.Equals(text, wanted, StringComparison.OrdinalIgnoreCase);
}
