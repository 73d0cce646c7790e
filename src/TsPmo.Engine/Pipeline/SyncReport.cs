using System.Text.Json.Serialization;
using TsPmo.Engine.Reporting;
using TsPmo.Model;

namespace TsPmo.Engine.Pipeline;

/// <summary>How a pass ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SyncOutcome>))]
public enum SyncOutcome
{
    /// <summary>Everything was read and understood.</summary>
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    /// <summary>Something was stored and something failed.</summary>
    [JsonStringEnumMemberName("partial")]
    Partial,

    /// <summary>Nothing could be read.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>Puts outcomes together.</summary>
public static class SyncOutcomes
{
    /// <summary>How the whole ended whose parts ended so: as they did where they agree, else partial. Where there was nothing to do, nothing failed.</summary>
    public static SyncOutcome Together(IReadOnlyCollection<SyncOutcome> parts) =>
        parts.All(p => p == SyncOutcome.Succeeded) ? SyncOutcome.Succeeded
        : parts.All(p => p == SyncOutcome.Failed) ? SyncOutcome.Failed
        : SyncOutcome.Partial;
}

/// <summary>What a pass did, in the shape of <c>sync --json</c>.</summary>
public sealed record SyncReport(DateTimeOffset StartedAt, DateTimeOffset FinishedAt, SyncOutcome Outcome, IReadOnlyList<ConnectorReport> Connectors);

/// <summary>What a pass did with one connector. Requests include retries.</summary>
public sealed record ConnectorReport
{
    /// <summary>Connector's name.</summary>
    public required string Name { get; init; }

    /// <summary>How it ended.</summary>
    public required SyncOutcome Outcome { get; init; }

    /// <summary>Requests sent, retries included.</summary>
    public long Requests { get; init; }

    /// <summary>Bytes of answers' bodies.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Items that came in pages.</summary>
    public long ItemsRead { get; init; }

    /// <summary>Items stored that are new or say something else than before.</summary>
    public long ItemsChanged { get; init; }

    /// <summary>Items that turned out to be deleted.</summary>
    public long ItemsDeleted { get; init; }

    /// <summary>Events of items' histories stored.</summary>
    public long ChangesStored { get; init; }

    /// <summary>Time spent waiting for limits and retries, milliseconds.</summary>
    public long ThrottledMs { get; init; }

    /// <summary>What is left of the tracker's rate limit, in its words; null where it does not tell.</summary>
    public string? Headroom { get; init; }

    /// <summary>Records that could not be understood in this pass.</summary>
    public long Quarantined { get; init; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<SyncError> Errors { get; init; } = [];

    /// <summary>Whether every stream was read to its end: then the stored data are as fresh as the pass, even where a part or a record failed.</summary>
    [JsonIgnore]
    public bool IsComplete { get; init; }

    /// <summary>Whether another pass had the connector, so that this one did nothing with it: it is told, but is no pass over the connector.</summary>
    [JsonIgnore]
    public bool IsLeftOut { get; init; }
}

/// <summary>Something that went wrong, as scripts read it.</summary>
public sealed record SyncError(string Code, string Message, string? Scope, bool Retryable, string Remedy)
{
    /// <summary>A problem as an error.</summary>
    public static SyncError Of(Problem problem) => new(problem.Code, problem.Message, problem.Scope, problem.Retryable, problem.Remedy);
}

/// <summary>JSON of reports: camel case, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(InstantJson)])]
[JsonSerializable(typeof(SyncReport))]
[JsonSerializable(typeof(ConnectorReport))]
public sealed partial class SyncJson : JsonSerializerContext;
