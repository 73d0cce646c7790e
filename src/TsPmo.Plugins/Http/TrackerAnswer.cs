using System.Net;
using System.Text.Json;

namespace TsPmo.Plugins.Http;

/// <summary>An answer with its parsed body. Disposing it frees the body.</summary>
internal sealed record TrackerAnswer(HttpStatusCode Status, JsonDocument? Body, IReadOnlyDictionary<string, string> Headers) : IDisposable
{
    public JsonElement Root => Body?.RootElement ?? default;

    public void Dispose() => Body?.Dispose();
}
