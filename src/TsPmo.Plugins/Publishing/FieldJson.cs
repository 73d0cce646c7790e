using System.Text.Json.Serialization;

namespace TsPmo.Plugins.Publishing;

/// <summary>What publishers of fields keep.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, string?>))]
[JsonSerializable(typeof(FieldWrite))]
[JsonSerializable(typeof(FieldPrecondition))]
internal sealed partial class FieldJson : JsonSerializerContext;
