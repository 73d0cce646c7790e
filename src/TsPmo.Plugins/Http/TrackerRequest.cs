using System.Net;

namespace TsPmo.Plugins.Http;

/// <summary>A request relative to the connector's base address ("rest/api/3/myself"), or absolute on the same host.</summary>
internal sealed record TrackerRequest(HttpMethod Method, string Path)
{
    /// <summary>JSON body as UTF-8, with its content type.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether sending it twice does no harm (reads by POST; PUTs). GET always is.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>Whether it is sent without the credential.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Statuses that are answers, not failures (404 while looking for something).</summary>
    public IReadOnlyList<HttpStatusCode> Expected { get; init; } = [];

    /// <summary>What is made of the elements of one array of a good answer instead of parsing them with the rest; null: everything is parsed.</summary>
    public SetAside? SetAside { get; init; }

    /// <summary>Whether it may be sent again after a failure.</summary>
    public bool MayBeRepeated => IsIdempotent || Method == HttpMethod.Get || Method == HttpMethod.Head || Method == HttpMethod.Options;
}
