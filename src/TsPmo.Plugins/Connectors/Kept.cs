using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TsPmo.Plugins.Connectors;

/// <summary>Reads what was kept as JSON for a later run: a cursor, a plan, what the ledger remembers of a write.</summary>
internal static class Kept
{
    /// <summary>Null when nothing was kept or it is of another making.</summary>
    public static T? Read<T>(string? text, JsonTypeInfo<T> type)
        where T : class
    {
        if (text is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
