namespace TsPmo.Model.Sprints;

/// <summary>
/// What became of a sprint's content, in points or in items. Always committed + added + re-estimated - removed - completed = remaining.
/// </summary>
/// <param name="Committed">In the sprint before its start and open then.</param>
/// <param name="Added">Entered from the start on.</param>
/// <param name="Removed">Left, deleted or given up from the start on, unfinished.</param>
/// <param name="Reestimated">Changes of the estimate while inside and open.</param>
/// <param name="Completed">Finished in the sprint and still finished at its end, by the estimate at the last completion.</param>
/// <param name="Remaining">In the sprint at its end and not finished.</param>
/// <param name="CommittedCompleted">The committed estimate of what was committed and completed.</param>
/// <param name="CommittedCarried">The committed estimate of what was committed and remains.</param>
public readonly record struct SprintSums(
    decimal Committed, decimal Added, decimal Removed, decimal Reestimated, decimal Completed, decimal Remaining, decimal CommittedCompleted, decimal CommittedCarried)
{
    /// <summary>Sums of two.</summary>
    public static SprintSums operator +(SprintSums left, SprintSums right) => new(
        left.Committed + right.Committed, left.Added + right.Added, left.Removed + right.Removed, left.Reestimated + right.Reestimated,
        left.Completed + right.Completed, left.Remaining + right.Remaining,
        left.CommittedCompleted + right.CommittedCompleted, left.CommittedCarried + right.CommittedCarried);
}
