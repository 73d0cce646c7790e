namespace TsPmo.Engine.Scheduling;

/// <summary>Does what a timetable entry names.</summary>
public interface IScheduledWork
{
    /// <summary>Does one piece of work to its end. Only cancellation and faults of the program are thrown.</summary>
    Task<WorkOutcome> RunAsync(WorkKind kind, string? connector, CancellationToken cancellationToken);
}

/// <summary>How a piece of work ended, for the history of runs.</summary>
/// <param name="Result">Whether it was done, left out, or something failed.</param>
/// <param name="Summary">What happened, in a sentence.</param>
public sealed record WorkOutcome(WorkResult Result, string Summary);

/// <summary>Result of a piece of work.</summary>
public enum WorkResult
{
    /// <summary>All done.</summary>
    Done,

    /// <summary>Deliberately not done.</summary>
    LeftOut,

    /// <summary>Finished, but something failed.</summary>
    Failed,
}
