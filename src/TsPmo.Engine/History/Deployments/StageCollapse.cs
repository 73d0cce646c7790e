using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Delivery;

namespace TsPmo.Engine.History.Deployments;

/// <summary>
/// Makes one deployment of the jobs of each stage: the stage's last attempt counts, and in it of each job the last attempt. The stage runs while a job does; else
/// it is as bad as its worst job. A stage of which every job was skipped is no deployment.
/// </summary>
internal static class StageCollapse
{
    private static readonly DeploymentResult[] WorstFirst =
        [DeploymentResult.Running, DeploymentResult.Failed, DeploymentResult.Canceled, DeploymentResult.Partial, DeploymentResult.Succeeded];

    public static IEnumerable<DeploymentRow> Deployments(IEnumerable<DeploymentJobRow> jobs) =>
        jobs.GroupBy(j => (j.Connector, j.DeploymentId)).Select(g => Deployment([.. g])).OfType<DeploymentRow>();

    private static DeploymentRow? Deployment(IReadOnlyList<DeploymentJobRow> jobs)
    {
        var attempt = jobs.Max(j => j.StageAttempt);
        var last = jobs.Where(j => j.StageAttempt == attempt).GroupBy(j => j.Job, StringComparer.Ordinal)
            .Select(g => g.OrderBy(j => j.JobAttempt).ThenBy(j => j.StartedAt).ThenBy(j => j.Id, StringComparer.Ordinal).Last())
            .Where(j => j.Result is not null).OrderBy(j => j.Id, StringComparer.Ordinal).ToList();
        if (last is not [var first, ..])
            return null;
        var result = WorstFirst.First(r => last.Exists(j => j.Result == r));
        return new DeploymentRow
        {
            Connector = first.Connector,
            Id = first.DeploymentId,
            Project = first.Project,
            Environment = first.Environment,
            Pipeline = first.Pipeline,
            Source = DeploymentSource.Environment,
            Result = result,
            StartedAt = last.Min(j => j.StartedAt),
            FinishedAt = result == DeploymentResult.Running ? null : last.Max(j => j.FinishedAt),
            Url = first.Url,
            RunId = first.RunId,
        };
    }
}
