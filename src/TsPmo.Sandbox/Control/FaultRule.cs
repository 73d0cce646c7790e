using System.Text.Json.Serialization;

namespace TsPmo.Sandbox.Control;

/// <summary>What goes wrong with a request.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultAction>))]
public enum FaultAction
{
    /// <summary>Answered with <see cref="FaultRule.Status"/> and never seen by the tracker.</summary>
    Status,

    /// <summary>Answered properly, after <see cref="FaultRule.DelayMs"/>.</summary>
    Slow,

    /// <summary>Headers and half of the body are sent, then the connection is dropped. A write has happened all the same.</summary>
    Cut,

    /// <summary>Answered 200 and <c>application/json</c> with bytes that are no JSON; never seen by the tracker.</summary>
    Garbage,

    /// <summary>Answered 200 with a sign-in page; never seen by the tracker.</summary>
    Html,

    /// <summary>Handed to the tracker twice, as an impatient proxy does; the second answer is returned.</summary>
    Duplicate,

    /// <summary>Answered 429 as the tracker does when it is asked too much, for the <see cref="FaultRule.Reason"/>; never seen by the tracker.</summary>
    RateLimit,

    /// <summary>Answered properly, with headers that say that little is left of the allowance.</summary>
    NearLimit,

    /// <summary>Answered properly, with headers that say the answer was held back: what Azure DevOps does to a caller before it refuses. Really held back only by <see cref="FaultRule.DelayMs"/>.</summary>
    Delayed,

    /// <summary>
    /// Answered as for a token that has expired; never seen by the tracker. That is 401, except for readers of Azure DevOps that did not ask for plain errors: they get
    /// a sign-in page with 203.
    /// </summary>
    Unauthorized,

    /// <summary>A further page of a list is answered with the page before it, as a cache in between does. What is no further page is answered properly.</summary>
    Stale,
}

/// <summary>Which requests a fault hits, and how.</summary>
/// <param name="Action">What goes wrong.</param>
/// <param name="Tracker">Only requests to this tracker; null for all.</param>
/// <param name="Path">A regular expression over path and query; null for all.</param>
/// <param name="Method">Only this HTTP method; null for all.</param>
/// <param name="Status">The answer's status (for <see cref="FaultAction.Status"/>).</param>
/// <param name="Headers">Headers of the answer, such as Retry-After.</param>
/// <param name="Body">Body of the answer.</param>
/// <param name="DelayMs">Milliseconds to wait before anything else happens.</param>
/// <param name="Probability">Share of matching requests that are hit, 0 to 1.</param>
/// <param name="Seed">Seed of the draw, so that the same requests are hit on every run.</param>
/// <param name="After">How many matching requests pass unharmed before the first is hit.</param>
/// <param name="Reason">Of Jira Cloud's four reasons the one that a <see cref="FaultAction.RateLimit"/> gives: jira-burst-based (the default), jira-per-issue-on-write, jira-quota-global-based or jira-quota-tenant-based.</param>
/// <param name="RetryAfterSeconds">What a <see cref="FaultAction.RateLimit"/> or <see cref="FaultAction.Delayed"/> asks to wait.</param>
/// <param name="Times">How many requests are hit at most; null for no limit.</param>
public sealed record FaultRule(
    FaultAction Action,
    string? Tracker = null,
    string? Path = null,
    string? Method = null,
    int Status = 503,
    IReadOnlyDictionary<string, string>? Headers = null,
    string? Body = null,
    int DelayMs = 0,
    double Probability = 1,
    ulong Seed = 1,
    int After = 0,
    string? Reason = null,
    int RetryAfterSeconds = 1,
    int? Times = null);
