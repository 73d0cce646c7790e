using System.Text.Json.Serialization;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Comment;

/// <summary>Where a comment is written.</summary>
internal sealed record CommentPlace(string Item, string Project);

/// <summary>What is kept of a comment's place.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommentPlace))]
internal sealed partial class CommentJson : JsonSerializerContext;
