using System.Text.Json;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>How a revision's iteration is named in the context of its page: by its number where the feed tells it, else by its path.</summary>
internal static class IterationKey
{
    public static string? Of(JsonElement fields) => fields.Text(FieldNames.IterationId) ?? fields.Text(FieldNames.IterationPath);
}
