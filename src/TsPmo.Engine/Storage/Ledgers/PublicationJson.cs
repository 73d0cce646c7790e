using System.Text.Json;
using System.Text.Json.Serialization;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>What the ledger keeps as JSON in columns of its rows.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(PublicationTrouble))]
[JsonSerializable(typeof(PublicationConflict))]
internal sealed partial class PublicationJson : JsonSerializerContext
{
    public static string Write(IReadOnlyDictionary<string, string> material) => JsonSerializer.Serialize(material, Default.IReadOnlyDictionaryStringString);

    public static string Write(PublicationTrouble trouble) => JsonSerializer.Serialize(trouble, Default.PublicationTrouble);

    public static string Write(PublicationConflict conflict) => JsonSerializer.Serialize(conflict, Default.PublicationConflict);

    public static IReadOnlyDictionary<string, string> ReadMaterial(string? json) =>
        json is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize(json, Default.DictionaryStringString) ?? [];

    public static PublicationTrouble? ReadTrouble(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Default.PublicationTrouble);

    public static PublicationConflict? ReadConflict(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Default.PublicationConflict);
}
