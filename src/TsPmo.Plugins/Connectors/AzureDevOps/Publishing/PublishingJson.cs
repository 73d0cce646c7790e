using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Comment;
using TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Fields;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing;

/// <summary>What the publishers keep in plans and in the ledger.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, string?>))]
[JsonSerializable(typeof(FieldWrite))]
[JsonSerializable(typeof(FieldPrecondition))]
[JsonSerializable(typeof(CommentPlace))]
internal sealed partial class PublishingJson : JsonSerializerContext
{
    /// <summary>Reads what was kept; null when nothing was or it is of another making.</summary>
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
