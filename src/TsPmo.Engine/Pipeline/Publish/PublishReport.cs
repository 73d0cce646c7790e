using System.Text.Json.Serialization;
using TsPmo.Model;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>What to write or take back.</summary>
/// <param name="Projects">Keys of projects; null or empty: all.</param>
/// <param name="DryRun">Whether only to show what would be done.</param>
public sealed record PublishRequest(IReadOnlyCollection<string>? Projects = null, bool DryRun = false)
{
    /// <summary>Actor of runs that the schedule makes.</summary>
    public const string Schedule = "schedule";

    /// <summary>Who makes the run; the ledger keeps it with every write.</summary>
    public string Actor { get; init; } = "command line";

    /// <summary>Whether the schedule makes it: then places that failed lately are left alone for a while.</summary>
    public bool IsScheduled => Actor == Schedule;
}

/// <summary>What a pass did, in the shape of <c>publish --json</c> and <c>retract --json</c>.</summary>
/// <param name="Outcome">Succeeded: everything stands as it should; partial: something failed or is in conflict; failed: everything did.</param>
/// <param name="Publications">One row per publication, ordered by project and publication.</param>
/// <param name="Errors">What concerns no publication alone.</param>
public sealed record PublishReport(SyncOutcome Outcome, IReadOnlyList<PublicationRow> Publications, IReadOnlyList<SyncError> Errors)
{
    internal static PublishReport Of(IReadOnlyList<PublicationRow> rows, IReadOnlyList<Problem> problems)
    {
        SyncOutcome[] parts = [.. rows.Select(r => r.Error is null ? SyncOutcome.Succeeded : SyncOutcome.Failed), .. problems.Select(_ => SyncOutcome.Failed)];
        return new(SyncOutcomes.Together(parts), rows, [.. problems.Select(SyncError.Of)]);
    }
}

/// <summary>What became, or would become, of one publication.</summary>
public sealed record PublicationRow
{
    /// <summary>PMO project key.</summary>
    public required string Project { get; init; }

    /// <summary>Name within the project.</summary>
    public required string Publication { get; init; }

    /// <summary>Connector it is written through.</summary>
    public required string Connector { get; init; }

    /// <summary>Kind of place.</summary>
    public required string Target { get; init; }

    /// <summary>What it hangs on.</summary>
    public required string Anchor { get; init; }

    /// <summary>What was done.</summary>
    public required PublicationAction Action { get; init; }

    /// <summary>Whether nobody is notified; null: not known.</summary>
    public bool? Quiet { get; init; }

    /// <summary>What changes there, as a unified diff; null when nothing does.</summary>
    public string? Diff { get; init; }

    /// <summary>Why it failed or what it conflicts with.</summary>
    public SyncError? Error { get; init; }
}

/// <summary>What was done in one place.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublicationAction>))]
public enum PublicationAction
{
    /// <summary>Stands there as it should.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged,

    /// <summary>Was written for the first time.</summary>
    [JsonStringEnumMemberName("created")]
    Created,

    /// <summary>Says something else now.</summary>
    [JsonStringEnumMemberName("updated")]
    Updated,

    /// <summary>Was taken back.</summary>
    [JsonStringEnumMemberName("retracted")]
    Retracted,

    /// <summary>Would be written for the first time.</summary>
    [JsonStringEnumMemberName("would-create")]
    WouldCreate,

    /// <summary>Would say something else.</summary>
    [JsonStringEnumMemberName("would-update")]
    WouldUpdate,

    /// <summary>Would be taken back.</summary>
    [JsonStringEnumMemberName("would-retract")]
    WouldRetract,

    /// <summary>A person changed what we wrote; theirs stays.</summary>
    [JsonStringEnumMemberName("conflict")]
    Conflict,

    /// <summary>Could not or must not be written.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>JSON of publish reports: camel case, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PublishReport))]
public sealed partial class PublishJson : JsonSerializerContext;
