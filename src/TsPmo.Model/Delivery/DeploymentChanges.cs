using TsPmo.Model.Work;

namespace TsPmo.Model.Delivery;

/// <summary>
/// What one deployment to production brought there for the first time, as far as the trackers tell. A commit belongs to the first deployment that reached production
/// with it; what a run carries over from earlier runs of its pipeline, which did not get there themselves, belongs to it too. Instants are UTC.
/// </summary>
public sealed record DeploymentChanges
{
    /// <summary>The deployment; it counts as production.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>Its commits, ordered by date, then revision. The lead time of each is the deployment's finish minus its date.</summary>
    public required IReadOnlyList<DeployedCommit> Commits { get; init; }

    /// <summary>The completed pull requests among them, ordered by id.</summary>
    public required IReadOnlyList<DeployedPullRequest> PullRequests { get; init; }

    /// <summary>Items that the runs or the pull requests name, ordered.</summary>
    public required IReadOnlyList<SourceId> WorkItems { get; init; }

    /// <summary>Items that people linked to the run or the release in the tracker, ordered.</summary>
    public required IReadOnlyList<LinkedItem> LinkedItems { get; init; }

    /// <summary>The earliest date of a commit in it, those of its pull requests included; null where none is known.</summary>
    public DateTimeOffset? FirstCommitAt => Commits.Select(c => c.At).Concat(PullRequests.Select(p => p.FirstCommitAt)).Min();
}

/// <summary>A commit in a deployment.</summary>
/// <param name="Revision">Its hash.</param>
/// <param name="At">When it was made; null where not told.</param>
public sealed record DeployedCommit(string Revision, DateTimeOffset? At);

/// <summary>A completed pull request in a deployment.</summary>
/// <param name="Id">Which.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="MergedAt">When it was merged.</param>
/// <param name="FirstCommitAt">The earliest author's date of its commits; null where not told.</param>
/// <param name="Url">Address.</param>
public sealed record DeployedPullRequest(SourceId Id, DateTimeOffset? CreatedAt, DateTimeOffset MergedAt, DateTimeOffset? FirstCommitAt, string? Url);

/// <summary>An item that somebody linked to a deployment's run or release.</summary>
/// <param name="Id">The item.</param>
/// <param name="IsCause">True: it was found in what was deployed, so the deployment caused it. False: linked without saying so.</param>
public readonly record struct LinkedItem(SourceId Id, bool IsCause);
