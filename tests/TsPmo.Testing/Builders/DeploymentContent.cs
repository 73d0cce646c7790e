using TsPmo.Model.Delivery;
using TsPmo.Model.Work;

namespace TsPmo.Testing.Builders;

/// <summary>What a deployment brought: dates of its commits (null where not told), first commits of its pull requests, the items it names and those it was found to have broken.</summary>
public sealed record DeploymentContent
{
    /// <summary>Dates of the commits.</summary>
    public IReadOnlyList<DateTimeOffset?> Commits { get; init; } = [];

    /// <summary>Dates of the first commits of pull requests.</summary>
    public IReadOnlyList<DateTimeOffset?> PullRequests { get; init; } = [];

    /// <summary>Ids of items that it names.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Ids of items that were found in it.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>The content as history tells it.</summary>
    public DeploymentChanges Of(Deployment deployment) => new()
    {
        Deployment = deployment,
        Commits = [.. Commits.Select((at, i) => new DeployedCommit($"{deployment.Id.Id}.{i}", at)).OrderBy(c => c.At)],
        PullRequests = [.. PullRequests.Select((at, i) => new DeployedPullRequest(new("tracker", $"pull-request/{deployment.Id.Id}.{i}"), at, deployment.FinishedAt ?? default, at, null))],
        WorkItems = [.. Items.Select(id => new SourceId("tracker", id)).Order()],
        LinkedItems = [.. Causes.Select(id => new LinkedItem(new("tracker", id), IsCause: true)).OrderBy(l => l.Id)],
    };
}
