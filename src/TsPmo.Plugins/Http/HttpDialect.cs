using System.Net;
using System.Text.Json;

namespace TsPmo.Plugins.Http;

/// <summary>What is particular about a tracker's HTTP.</summary>
internal sealed record HttpDialect
{
    /// <summary>Headers sent with every request.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The tracker's own words in an error body, where they can be shown to an administrator; null when there are none.</summary>
    public Func<JsonElement, string?> ReadError { get; init; } = _ => null;

    /// <summary>Other origins that belong to the same tracker and may be sent its credential.</summary>
    public IReadOnlyList<Uri> OtherOrigins { get; init; } = [];

    /// <summary>Tells from status and headers that an answer other than 401 is a refused sign-in, and what to do about it; null when it is not.</summary>
    public Func<HttpStatusCode, IReadOnlyDictionary<string, string>, string?> ReadSignInRefusal { get; init; } = (_, _) => null;

    /// <summary>Whether a 429 limits everything we send and not just the one object it was about.</summary>
    public Func<IReadOnlyDictionary<string, string>, bool> LimitsEverything { get; init; } = _ => true;

    /// <summary>Largest answer that is read, in bytes after decompression.</summary>
    public long MaxAnswerBytes { get; init; } = 128 * 1024 * 1024;
}
