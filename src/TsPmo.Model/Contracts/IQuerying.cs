namespace TsPmo.Model.Contracts;

/// <summary>Optional power of a connector: tells which items fulfil a condition in the tracker's own query language.</summary>
public interface IQuerying
{
    /// <summary>
    /// Ids of all items of a project that fulfil the condition now, as <see cref="SweptItems"/>, in any order and possibly more than once; at the end one
    /// <see cref="SweepCompleted"/>, which names the project where all were listed. A <see cref="ReadFailure"/> ends it without one. Only cancellation is thrown.
    /// </summary>
    /// <param name="project">The tracker's project.</param>
    /// <param name="condition">What a query's filter may hold, without an order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<ReadStep> MatchAsync(string project, string condition, CancellationToken cancellationToken);
}
