using System.Text.Json.Nodes;
using TsPmo.Sandbox;

namespace TsPmo.Plugins.Tests.Sandbox;

/// <summary>Reads a sandbox's truth log while it is being written.</summary>
internal static class TruthFile
{
    public static async Task<string> TextAsync(SandboxServer server)
    {
        await using var file = new FileStream(server.TruthPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<IReadOnlyList<JsonObject>> LinesAsync(SandboxServer server) =>
        [.. (await TextAsync(server)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)?.AsObject() ?? [])];

    public static string? Text(this JsonObject line, string member) => (string?)line[member];
}
