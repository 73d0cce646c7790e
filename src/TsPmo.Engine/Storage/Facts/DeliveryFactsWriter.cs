using System.Text.Json;
using System.Text.Json.Serialization;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Writes what a page tells about deliveries: each kind is a row of its own table. Nothing is ever taken away, because trackers forget and we do not.</summary>
internal sealed class DeliveryFactsWriter(WriteSession session, string connector)
{
    public async Task WriteAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        await session.UpsertAsync<DeploymentFact, DeploymentRow>(facts, Row, cancellationToken);
        await session.UpsertAsync<DeploymentJobFact, DeploymentJobRow>(facts, Row, cancellationToken);
        await session.UpsertAsync<RunFact, PipelineRunRow>(facts, Row, cancellationToken);
        await session.UpsertAsync<RunChangesFact, RunChangesRow>(facts, Row, cancellationToken);
        await session.UpsertAsync<RunQualityFact, RunQualityRow>(facts, Row, cancellationToken);
        await session.UpsertAsync<PullRequestFact, PullRequestRow>(facts, Row, cancellationToken);
    }

    private DeploymentRow Row(DeploymentFact deployment) => new()
    {
        Connector = connector,
        Id = deployment.Id,
        Version = deployment.Version,
        Project = deployment.Project,
        Environment = deployment.Environment,
        Pipeline = deployment.Pipeline,
        Source = deployment.Source,
        Result = deployment.Result,
        StartedAt = Instants.ToRow(deployment.StartedAt),
        FinishedAt = Instants.ToRow(deployment.FinishedAt),
        Revision = deployment.Revision,
        Url = deployment.Url,
        RunId = deployment.RunId,
    };

    private PipelineRunRow Row(RunFact run) => new()
    {
        Connector = connector,
        Id = run.Id,
        Project = run.Project,
        Pipeline = run.Pipeline,
        Result = run.Result,
        StartedAt = Instants.ToRow(run.StartedAt),
        FinishedAt = Instants.ToRow(run.FinishedAt),
        Revision = run.Revision,
        Url = run.Url,
        Branch = run.Branch,
    };

    private DeploymentJobRow Row(DeploymentJobFact job) => new()
    {
        Connector = connector,
        Id = job.Id,
        DeploymentId = job.DeploymentId,
        Version = job.Version,
        Project = job.Project,
        Environment = job.Environment,
        Pipeline = job.Pipeline,
        StageAttempt = job.StageAttempt,
        Job = job.Job,
        JobAttempt = job.JobAttempt,
        Result = job.Result,
        StartedAt = Instants.ToRow(job.StartedAt),
        FinishedAt = Instants.ToRow(job.FinishedAt),
        Url = job.Url,
        RunId = job.RunId,
    };

    private RunChangesRow Row(RunChangesFact changes) => new()
    {
        Connector = connector,
        RunId = changes.RunId,
        Project = changes.Project,
        Commits = JsonSerializer.Serialize(changes.Commits, CommitJson.Default.IReadOnlyListCommitChange),
        WorkItems = string.Join('\n', changes.WorkItems.Order(StringComparer.Ordinal)),
    };

    private RunQualityRow Row(RunQualityFact quality) => new()
    {
        Connector = connector,
        RunId = quality.RunId,
        Project = quality.Project,
        Passed = quality.Tests?.Passed,
        Failed = quality.Tests?.Failed,
        Other = quality.Tests?.Other,
        CoveredLines = quality.Coverage?.Covered,
        CoverableLines = quality.Coverage?.Coverable,
    };

    private PullRequestRow Row(PullRequestFact request) => new()
    {
        Connector = connector,
        Id = request.Id,
        Project = request.Project,
        Repository = request.Repository,
        Author = request.Author,
        TargetBranch = request.TargetBranch,
        CreatedAt = Instants.ToRow(request.CreatedAt),
        MergedAt = request.MergedAt.ToUnixTimeMilliseconds(),
        MergeRevision = request.MergeRevision,
        FirstCommitAt = Instants.ToRow(request.FirstCommitAt),
        WorkItems = string.Join('\n', request.WorkItems.Order(StringComparer.Ordinal)),
        Url = request.Url,
    };
}

/// <summary>The form in which the commits of a run are kept.</summary>
[JsonSerializable(typeof(IReadOnlyList<CommitChange>))]
internal sealed partial class CommitJson : JsonSerializerContext;
