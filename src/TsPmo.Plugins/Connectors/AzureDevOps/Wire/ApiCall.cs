using System.Net;
using System.Text;
using System.Text.Json;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>One call: where, with which options; the api-version is added on sending.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Resource">Stable name of the resource, by which it is remembered what the server knows ("wit/workitems").</param>
/// <param name="Path">Path below the base address, or absolute, without options.</param>
internal sealed record ApiCall(HttpMethod Method, string Resource, string Path)
{
    /// <summary>Options; null values are left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Options { get; init; } = [];

    public ReadOnlyMemory<byte>? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>Headers besides those that every call has.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public bool IsIdempotent { get; init; }

    public IReadOnlyList<HttpStatusCode> Expected { get; init; } = [];

    /// <summary>An array of a large answer whose elements are made one by one; null: everything is parsed.</summary>
    public SetAside? SetAside { get; init; }

    /// <summary>A version that this resource alone needs; null: the one in force.</summary>
    public string? Version { get; init; }

    /// <summary>A read by POST.</summary>
    public static ApiCall Question(string resource, string path, JsonElement body) =>
        new(HttpMethod.Post, resource, path) { Body = Encoding.UTF8.GetBytes(body.GetRawText()), IsIdempotent = true };

    public string Address(string version)
    {
        var options = Options.Append(("api-version", version)).Where(o => o.Item2 is not null);
        return $"{Path}?{string.Join('&', options.Select(o => $"{o.Item1}={Uri.EscapeDataString(o.Item2 ?? "")}"))}";
    }
}

/// <summary>What came back.</summary>
/// <param name="Status">HTTP status: 2xx or one the call expected.</param>
/// <param name="Body">The answer; undefined when it was empty.</param>
/// <param name="Headers">Headers by name, without case.</param>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonElement Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Where the next page begins, for lists that tell it in a header.</summary>
    public string? Continuation => Headers.TryGetValue("x-ms-continuationtoken", out var token) && token.Length > 0 ? token : null;
}
