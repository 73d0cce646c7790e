using TsPmo.Model;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>The places at which one list was gone on with. One that comes again leads round in a circle, and the list would never end.</summary>
/// <param name="list">The list, for the failure's words.</param>
/// <param name="start">Where it was begun; null: at its beginning.</param>
internal sealed class TokenTrail(string list, string? start = null)
{
    private readonly HashSet<string> _seen = new(start is null ? [] : [start], StringComparer.Ordinal);

    /// <summary>Where the list goes on; null where it ends.</summary>
    public string? Next(ApiAnswer answer) => answer.Continuation is { } token ? Onward(token) : null;

    /// <summary>The place, which must be a new one: a list that goes on where it stood would never end.</summary>
    public string Onward(string? token) => Standstill(token) is { } standstill ? throw standstill : token ?? "";

    /// <summary>As <see cref="Onward"/>, where others can be read meanwhile; null where the list goes on.</summary>
    public TrackerException? Standstill(string? token) => token is not null && _seen.Add(token) ? null : new TrackerException(new(
        "unexpected-answer",
        $"The tracker says that there is more of {list} and leads back to where it was{(token is null ? "" : $" ({token})")}.",
        "What was read is kept; it is tried again in the next run. If it stays, look for a proxy that changes answers.") { Retryable = true });
}
