using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TsPmo.Plugins.Publishing;

/// <summary>Reads what a publisher kept in a plan or in the ledger.</summary>
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

/// <summary>What publishers of fields keep.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, string?>))]
[JsonSerializable(typeof(FieldWrite))]
[JsonSerializable(typeof(FieldPrecondition))]
internal sealed partial class FieldJson : JsonSerializerContext;
