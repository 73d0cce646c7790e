using System.Text.Json;
using TsPmo.Sandbox.AzureDevOps.Routes;

namespace TsPmo.Sandbox.AzureDevOps.Patching;

/// <summary>One operation of a JSON patch; Path is split at its slashes.</summary>
internal sealed record PatchOperation(string Op, IReadOnlyList<string> Path, JsonElement Value)
{
    /// <summary>Whether the operation empties what it names.</summary>
    public bool Clears => Op == "remove" || Value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || Value.ValueKind == JsonValueKind.String && Value.GetString() is "";
}

/// <summary>The body of a write to a work item.</summary>
internal static class PatchDocument
{
    public static IReadOnlyList<PatchOperation> Read(ApiCall call)
    {
        if (!call.ContentType.StartsWith("application/json-patch+json", StringComparison.OrdinalIgnoreCase))
            throw new Refusal(415, "VssRequestContentTypeNotSupportedException", $"The request indicated a Content-Type of \"{call.ContentType}\" for method type \"PATCH\" which is not supported. Valid content types for this method are: application/json-patch+json.");
        if (call.Body.ValueKind != JsonValueKind.Array)
            throw Refusal.Bad("You must pass a valid patch document in the body of the request.", "VssPropertyValidationException");
        return [.. call.Body.EnumerateArray().Select(Operation)];
    }

    private static PatchOperation Operation(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("op", out var op) || !element.TryGetProperty("path", out var path))
            throw Refusal.Bad("You must pass a valid patch document in the body of the request.", "VssPropertyValidationException");
        var word = ApiCall.Choose("op", op.ToString(), [(0, "add"), (1, "remove"), (2, "replace"), (3, "move"), (4, "copy"), (5, "test")]) ?? "add";
        var parts = (path.GetString() ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        return new PatchOperation(word, [.. parts], element.TryGetProperty("value", out var value) ? value : default);
    }
}
