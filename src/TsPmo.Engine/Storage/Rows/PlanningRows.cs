using TsPmo.Model.Delivery;
using TsPmo.Model.Planning;

namespace TsPmo.Engine.Storage.Rows;

/// <summary>A sprint as it stands.</summary>
internal sealed class SprintRow
{
    public required string Connector { get; set; }

    public required string Id { get; set; }

    public string? Project { get; set; }

    public required string Name { get; set; }

    public string? BoardOrTeam { get; set; }

    public string? Goal { get; set; }

    public SprintState? State { get; set; }

    public long? Start { get; set; }

    public long? End { get; set; }

    public long? Completed { get; set; }

    public DateOnly? FirstDay { get; set; }

    public DateOnly? LastDay { get; set; }

    public bool IsSelected { get; set; }
}

/// <summary>A version as it stands.</summary>
internal sealed class MilestoneRow
{
    public required string Connector { get; set; }

    public required string Id { get; set; }

    public required string Project { get; set; }

    public required string Name { get; set; }

    public DateOnly? Start { get; set; }

    public DateOnly? Date { get; set; }

    public bool Released { get; set; }

    public DateOnly? ReleasedAt { get; set; }
}

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
}

/// <summary>The capacity of one team in one sprint.</summary>
internal sealed class CapacityRow
{
    public required string Connector { get; set; }

    public required string Project { get; set; }

    public required string Team { get; set; }

    public required string SprintId { get; set; }

    /// <summary>Its rows, JSON.</summary>
    public required string Rows { get; set; }
}
