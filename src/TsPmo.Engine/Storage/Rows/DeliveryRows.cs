using TsPmo.Model.Delivery;

namespace TsPmo.Engine.Storage.Rows;

/// <summary>The last known attempt of one stage of one run.</summary>
internal sealed class DeploymentRow
{
    public required string Connector { get; set; }

    public required string Id { get; set; }

    public long Version { get; set; }

    public required string Project { get; set; }

    public required string Environment { get; set; }

    public required string Pipeline { get; set; }

    public DeploymentSource Source { get; set; }

    public DeploymentResult Result { get; set; }

    public long? StartedAt { get; set; }

    public long? FinishedAt { get; set; }

    public string? Revision { get; set; }

    public string? Url { get; set; }

    public string? RunId { get; set; }
}

/// <summary>A pipeline run.</summary>
internal sealed class PipelineRunRow
{
    public required string Connector { get; set; }

    public required string Id { get; set; }

    public required string Project { get; set; }

    public required string Pipeline { get; set; }

    public DeploymentResult Result { get; set; }

    public long? StartedAt { get; set; }

    public long? FinishedAt { get; set; }

    public string? Revision { get; set; }

    public string? Url { get; set; }

    public string? Branch { get; set; }
}

/// <summary>One job of one stage of one run that deployed to an environment.</summary>
internal sealed class DeploymentJobRow
{
    public required string Connector { get; set; }

    public required string Id { get; set; }

    public required string DeploymentId { get; set; }

    public long Version { get; set; }

    public required string Project { get; set; }

    public required string Environment { get; set; }

    public required string Pipeline { get; set; }

    public int StageAttempt { get; set; }

    public required string Job { get; set; }

    public int JobAttempt { get; set; }

    public DeploymentResult? Result { get; set; }

    public long? StartedAt { get; set; }

    public long? FinishedAt { get; set; }

    public string? Url { get; set; }

    public string? RunId { get; set; }
}

/// <summary>What a pipeline run brought.</summary>
internal sealed class RunChangesRow
{
    public required string Connector { get; set; }

    public required string RunId { get; set; }

    public required string Project { get; set; }

    /// <summary>Its commits, JSON.</summary>
    public required string Commits { get; set; }

    /// <summary>Ids of items, joined by line feeds.</summary>
    public required string WorkItems { get; set; }
}

/// <summary>What the tests of a pipeline run said; null where it published none.</summary>
internal sealed class RunQualityRow
{
    public required string Connector { get; set; }

    public required string RunId { get; set; }

    public required string Project { get; set; }

    public long? Passed { get; set; }

    public long? Failed { get; set; }

    public long? Other { get; set; }

    public long? CoveredLines { get; set; }

    public long? CoverableLines { get; set; }
}

/// <summary>A completed pull request.</summary>
internal sealed class PullRequestRow
{
    public required string Connector { get; set; }

    public required string Id { get; set; }

    public required string Project { get; set; }

    public required string Repository { get; set; }

    public string? Author { get; set; }

    public required string TargetBranch { get; set; }

    public long? CreatedAt { get; set; }

    public long MergedAt { get; set; }

    public string? MergeRevision { get; set; }

    public long? FirstCommitAt { get; set; }

    /// <summary>Ids of items, joined by line feeds.</summary>
    public required string WorkItems { get; set; }

    public string? Url { get; set; }
}
