using System.Globalization;
using TsPmo.Model.Work;

namespace TsPmo.Model.Delivery;

/// <summary>A change reaching an environment: one per run and stage, with its last result. Instants are UTC.</summary>
public sealed record Deployment
{
    /// <summary>Connector and id.</summary>
    public required SourceId Id { get; init; }

    /// <summary>The tracker's project.</summary>
    public required string Project { get; init; }

    /// <summary>Environment or stage name.</summary>
    public required string Environment { get; init; }

    /// <summary>The environment among those of all connectors.</summary>
    public SourceId EnvironmentId => new(Id.Connector, Environment);

    /// <summary>Whether the environment counts as production under the project's rules.</summary>
    public required bool IsProduction { get; init; }

    /// <summary>Why it counts as production, or why not, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Pipeline or release definition.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Kind of record.</summary>
    public required DeploymentSource Source { get; init; }

    /// <summary>How it ended.</summary>
    public required DeploymentResult Result { get; init; }

    /// <summary>Whether the change reached the environment, wholly or in part.</summary>
    public bool HasReached => Result is DeploymentResult.Succeeded or DeploymentResult.Partial;

    /// <summary>What ran where and when it ended, for people.</summary>
    public string InWords => string.Create(CultureInfo.InvariantCulture, $"{Pipeline} to {Environment}, finished {FinishedAt?.UtcDateTime:yyyy-MM-dd HH:mm}Z");

    /// <summary>Start.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Finish; null while running.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Commit or version.</summary>
    public string? Revision { get; init; }

    /// <summary>Address.</summary>
    public string? Url { get; init; }

    /// <summary>The pipeline run behind it; null where none is known.</summary>
    public SourceId? Run { get; init; }
}
