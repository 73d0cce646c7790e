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

    /// <summary>When it was seen first; null where it was stored before that was noted.</summary>
    public long? SeenSince { get; set; }
}

/// <summary>What was planned until something else was seen.</summary>
internal interface IFormerDates
{
    /// <summary>When other dates were seen, exclusive.</summary>
    long Until { get; }
}

/// <summary>Dates that a sprint had until it was seen with others.</summary>
internal sealed class FormerSprintDatesRow : IFormerDates
{
    public required string Connector { get; set; }

    public required string SprintId { get; set; }

    public long Until { get; set; }

    public long? Start { get; set; }

    public long? End { get; set; }

    public DateOnly? FirstDay { get; set; }

    public DateOnly? LastDay { get; set; }
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

    /// <summary>When it was seen first; null where it was stored before that was noted.</summary>
    public long? SeenSince { get; set; }
}

/// <summary>The date that a version had until it was seen with another.</summary>
internal sealed class FormerMilestoneDateRow : IFormerDates
{
    public required string Connector { get; set; }

    public required string MilestoneId { get; set; }

    public long Until { get; set; }

    public DateOnly? Date { get; set; }
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
