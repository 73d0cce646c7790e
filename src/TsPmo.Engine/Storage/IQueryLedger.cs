namespace TsPmo.Engine.Storage;

/// <summary>Keeps which items fulfil the conditions of sources, and since when.</summary>
public interface IQueryLedger
{
    /// <summary>Takes a complete answer. Items that are new in it enter at the instant, those that are no longer in it leave; of the first answer all count as having been in ever since.</summary>
    /// <param name="connector">Connector's name.</param>
    /// <param name="query">The condition's key.</param>
    /// <param name="matching">Ids of all items that fulfil it.</param>
    /// <param name="at">When it was asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task TakeAsync(string connector, string query, IReadOnlySet<string> matching, DateTimeOffset at, CancellationToken cancellationToken);
}
