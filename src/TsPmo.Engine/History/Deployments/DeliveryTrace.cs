using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.History.Deployments;

/// <summary>What is stored about the content and the quality of a project's pipeline runs.</summary>
/// <param name="Changes">What each run brought.</param>
/// <param name="Quality">What the tests of each run said.</param>
/// <param name="PullRequests">Completed pull requests.</param>
/// <param name="Links">Links from items to runs and deployments.</param>
internal sealed record DeliveryTrace(
    IReadOnlyList<RunChangesRow> Changes, IReadOnlyList<RunQualityRow> Quality, IReadOnlyList<PullRequestRow> PullRequests, IReadOnlyList<LinkRow> Links);
