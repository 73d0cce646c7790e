using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.History.Deployments;

/// <summary>Everything stored about the deliveries of one project, from all its sources: what counts is judged over all of it at once.</summary>
/// <param name="Records">Environment, release and reported records.</param>
/// <param name="Runs">Pipeline runs.</param>
/// <param name="Versions">Versions.</param>
internal sealed record DeliveryRows(IReadOnlyList<DeploymentRow> Records, IReadOnlyList<PipelineRunRow> Runs, IReadOnlyList<MilestoneRow> Versions);
