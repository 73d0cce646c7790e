namespace TsPmo.Model.Work;

/// <summary>Hours booked on an item.</summary>
/// <param name="Id">Connector and id of the entry.</param>
/// <param name="Item">The item.</param>
/// <param name="Person">Id of who worked; null where it is not told.</param>
/// <param name="At">When the work was done (not when it was written down), UTC.</param>
/// <param name="Hours">Hours; negative where a running total was corrected.</param>
public sealed record TimeEntry(SourceId Id, SourceId Item, string? Person, DateTimeOffset At, decimal Hours);
