namespace TsPmo.Model.Contracts;

/// <summary>Optional power of a connector: tells what is there to be configured.</summary>
public interface IDiscovery
{
    /// <summary>Everything that can be seen, changing nothing. Failures are in the answer, never thrown.</summary>
    Task<Discovery> DiscoverAsync(CancellationToken cancellationToken);
}

/// <summary>What a tracker has. Lists are sorted.</summary>
public sealed record Discovery
{
    /// <summary>Projects that can be seen.</summary>
    public IReadOnlyList<DiscoveredProject> Projects { get; init; } = [];

    /// <summary>Statuses with the state the tracker's own category gives them; the same name once.</summary>
    public IReadOnlyList<DiscoveredStatus> Statuses { get; init; } = [];

    /// <summary>Fields that may hold points, the likeliest first.</summary>
    public IReadOnlyList<DiscoveredField> PointsFields { get; init; } = [];

    /// <summary>What could not be seen or not be decided.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];
}

/// <summary>A project of the tracker.</summary>
/// <param name="Key">What a source's <c>Project</c> names.</param>
/// <param name="Name">Its name.</param>
/// <param name="Boards">Names of its boards or teams.</param>
/// <param name="Environments">Names of the environments it deploys to.</param>
/// <param name="HasSprints">Whether it works in sprints.</param>
public sealed record DiscoveredProject(string Key, string Name, IReadOnlyList<string> Boards, IReadOnlyList<string> Environments, bool HasSprints);

/// <summary>A status and what the tracker takes it for.</summary>
public sealed record DiscoveredStatus(string Name, Work.State State);

/// <summary>A field that may hold points.</summary>
/// <param name="Id">Its id in the tracker.</param>
/// <param name="Name">Its name as people see it.</param>
/// <param name="Why">What speaks for it, in a few words.</param>
public sealed record DiscoveredField(string Id, string Name, string Why);
