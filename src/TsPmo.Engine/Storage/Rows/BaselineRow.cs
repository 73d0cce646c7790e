namespace TsPmo.Engine.Storage.Rows;

/// <summary>A captured baseline.</summary>
internal sealed class BaselineRow
{
    public required string Project { get; set; }

    public required string Id { get; set; }

    public long CapturedAt { get; set; }

    public required string Reason { get; set; }

    public required string ApprovedBy { get; set; }

    /// <summary>Unit, items, days, calendar and warnings, JSON.</summary>
    public required string Content { get; set; }
}
