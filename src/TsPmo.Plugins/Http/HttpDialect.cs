using System.Net;
using System.Text.Json;

namespace TsPmo.Plugins.Http;

/// <summary>What is particular about a tracker's HTTP.</summary>
internal sealed record HttpDialect
{
    /// <summary>Where requests go when that is not the configured address: the gateway before a site. The credential goes there and not to the configured address.</summary>
    public Uri? Home { get; init; }

    /// <summary>Headers sent with every request.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The tracker's own words in an error body, where they can be shown to an administrator; null when there are none.</summary>
    public Func<JsonElement, string?> ReadError { get; init; } = _ => null;

    /// <summary>Other origins that belong to the same tracker and may be sent its credential.</summary>
    public IReadOnlyList<Uri> OtherOrigins { get; init; } = [];

    /// <summary>Origins that may be asked something without the credential.</summary>
    public IReadOnlyList<Uri> OpenOrigins { get; init; } = [];

    /// <summary>Tells from status and headers that an answer other than 401, be it a success, is a refused sign-in, and what to do about it; null when it is not.</summary>
    public Func<HttpStatusCode, IReadOnlyDictionary<string, string>, string?> ReadSignInRefusal { get; init; } = (_, _) => null;

    /// <summary>Whether the text of a 401 or 403 says that the token lacks a scope, which is no fault of the sign-in.</summary>
    public Func<string, bool> IsMissingScope { get; init; } = _ => false;

    /// <summary>Parts of the traffic with limits of their own that a request belongs to.</summary>
    public Func<TrackerRequest, IReadOnlyList<Lane>> Lanes { get; init; } = _ => [];

    /// <summary>What a 429 limits.</summary>
    public Func<TrackerRequest, IReadOnlyDictionary<string, string>, RateLimit> ReadLimit { get; init; } = (_, _) => new(null, UntilReset: false);

    /// <summary>What is left of the tracker's limits in words, from an answer's headers; null where they do not tell.</summary>
    public Func<IReadOnlyDictionary<string, string>, string?> ReadHeadroom { get; init; } = RateLimitHeaders.Headroom;

    /// <summary>Largest answer that is read, in bytes after decompression.</summary>
    public long MaxAnswerBytes { get; init; } = 128 * 1024 * 1024;
}

/// <summary>A part of the traffic: one endpoint, one item.</summary>
/// <param name="Name">Tells it from others.</param>
/// <param name="RequestsPerSecond">The rate it is held to (and below) for a while after it was limited.</param>
internal sealed record Lane(string Name, double RequestsPerSecond);

/// <summary>What a 429 limits and for how long.</summary>
/// <param name="Lane">The one part; null: everything.</param>
/// <param name="UntilReset">Whether nothing is let through before the announced reset, however soon a retry is allowed.</param>
internal sealed record RateLimit(Lane? Lane, bool UntilReset);
