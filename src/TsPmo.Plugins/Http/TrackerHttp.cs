using System.Net;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Plugins.Http;

/// <summary>
/// The one pipeline through which every connector talks: signed requests on one host, retry of idempotent calls, throttle, limits of size and time.
/// Answers that are not JSON where JSON was asked for are authentication failures. Failures are <see cref="TrackerException"/>.
/// </summary>
internal sealed class TrackerHttp : ITraffic
{
    /// <param name="setup">Name, options and clock of the connector.</param>
    /// <param name="dialect">What is particular about the tracker: headers to add, how to read an error body.</param>
    public TrackerHttp(ConnectorSetup setup, HttpDialect dialect) => throw new NotSupportedException($"{setup.Name} {dialect}");

    public Traffic Total => default;

    /// <summary>Sends a request and gives the parsed JSON answer (null for an empty 2xx body). Statuses listed as expected are returned, not thrown.</summary>
    public Task<TrackerAnswer> SendAsync(TrackerRequest request, CancellationToken cancellationToken) => throw new NotSupportedException($"{request}");
}

/// <summary>A request relative to the connector's base address ("rest/api/3/myself"), or absolute on the same host.</summary>
internal sealed record TrackerRequest(HttpMethod Method, string Path)
{
    /// <summary>JSON body as UTF-8, with its content type.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether sending it twice does no harm (reads by POST; PUTs). GET always is.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>Statuses that are answers, not failures (404 while looking for something).</summary>
    public IReadOnlyList<HttpStatusCode> Expected { get; init; } = [];
}

/// <summary>An answer with its parsed body. Disposing it frees the body.</summary>
internal sealed record TrackerAnswer(HttpStatusCode Status, JsonDocument? Body, IReadOnlyDictionary<string, string> Headers) : IDisposable
{
    public JsonElement Root => Body?.RootElement ?? default;

    public void Dispose() => Body?.Dispose();
}

/// <summary>What is particular about a tracker's HTTP.</summary>
internal sealed record HttpDialect
{
    /// <summary>Headers sent with every request.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The tracker's own words in an error body, where they can be shown to an administrator; null when there are none.</summary>
    public Func<JsonElement, string?> ReadError { get; init; } = _ => null;
}
