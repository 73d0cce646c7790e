namespace TsPmo.Model.Contracts;

/// <summary>
/// Optional power of a connector: tells which items there are now, so that what no delta shows (deletion, a move out of sight, a lost right, an item that came back) is found.
/// The engine compares with what is stored; nothing is concluded from a sweep that did not come to its end.
/// </summary>
public interface ISweep
{
    /// <summary>
    /// Ids of all items of the projects that can be seen now, as <see cref="SweptItems"/>, in any order and possibly more than once; at the end one
    /// <see cref="SweepCompleted"/>. A <see cref="ReadFailure"/> ends it without one. Only cancellation is thrown.
    /// </summary>
    IAsyncEnumerable<ReadStep> SweepAsync(IReadOnlyList<string> projects, CancellationToken cancellationToken);

    /// <summary>
    /// Looks at single items, wherever they are now. Each id comes back in one <see cref="LookedAt"/>, as a record or as absent, unless a <see cref="ReadFailure"/> ends it.
    /// </summary>
    /// <param name="ids">The tracker's immutable ids, distinct.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<ReadStep> LookAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);
}

/// <summary>Some of the ids that are there.</summary>
public sealed record SweptItems(IReadOnlyList<string> Ids) : ReadStep
{
    /// <summary>
    /// Whether the items are older than what is read. Those that are stored all the same (more was read once) are there and need no look; the others are no concern of ours.
    /// </summary>
    public bool AreBeyondHistory { get; init; }
}

/// <summary>The sweep came to its end.</summary>
/// <param name="Projects">Projects whose items were all listed. One that could not be seen at all is not among them: nothing is concluded about its items.</param>
public sealed record SweepCompleted(IReadOnlyList<string> Projects) : ReadStep;

/// <summary>What became of some items.</summary>
/// <param name="Records">Records of those that are there, with everything a normal reading of them gives.</param>
/// <param name="Absent">Those that are not.</param>
public sealed record LookedAt(IReadOnlyList<SourceRecord> Records, IReadOnlyList<AbsentItem> Absent) : ReadStep;

/// <summary>An item that does not show itself.</summary>
/// <param name="Id">The tracker's immutable id.</param>
/// <param name="Why">What the tracker says about it.</param>
public sealed record AbsentItem(string Id, Absence Why);

/// <summary>Why an item does not show itself.</summary>
public enum Absence
{
    /// <summary>The tracker says that there is no such item. A tracker that cannot tell that from a missing right says this too.</summary>
    Deleted,

    /// <summary>The tracker says that the item, or its project, is there and that we may not see it.</summary>
    Hidden,
}
