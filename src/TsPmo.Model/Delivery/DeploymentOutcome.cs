using TsPmo.Model.History;

namespace TsPmo.Model.Delivery;

/// <summary>What came of one deployment that reached production, or failed there, as known at an instant.</summary>
public sealed record DeploymentOutcome
{
    /// <summary>The deployment.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>What it brought; null where nothing is told of that.</summary>
    public DeploymentChanges? Changes { get; init; }

    /// <summary>The incidents put to it, ordered by id.</summary>
    public IReadOnlyList<AttributedIncident> Incidents { get; init; } = [];

    /// <summary>The deployment that put the revision before it back in its place.</summary>
    public Deployment? RolledBackBy { get; init; }

    /// <summary>Whether incidents may still be put to it.</summary>
    public bool IsProvisional { get; init; }

    /// <summary>When what it broke worked again; null while it does not, and where nothing broke.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>Why it was not planned; null where it was, or nothing says otherwise.</summary>
    public string? WhyUnplanned { get; init; }

    /// <summary>Whether it failed: there, by an incident, or by being rolled back.</summary>
    public bool HasFailed => Deployment.Result == DeploymentResult.Failed || Incidents.Count > 0 || RolledBackBy is not null;

    /// <summary>What happened to it, for people.</summary>
    public string InWords => string.Join(", ",
    [
        Deployment.Result.ToString().ToLowerInvariant(),
        .. Incidents.Select(i => i.IsLinked ? $"caused {i.Item.Key}" : $"followed by {i.Item.Key}"),
        .. RolledBackBy is { } by ? [$"rolled back by {by.Id.Id}"] : Array.Empty<string>(),
    ]);
}

/// <summary>An incident put to a deployment.</summary>
/// <param name="Item">The incident.</param>
/// <param name="IsLinked">Whether somebody linked the two; else it is the latest deployment before it.</param>
/// <param name="EndedAt">When it was over: the finish of the first later deployment that names it, else when it was done; null while it is open.</param>
public sealed record AttributedIncident(ItemHistory Item, bool IsLinked, DateTimeOffset? EndedAt);
