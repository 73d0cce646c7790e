namespace TsPmo.Engine.Storage;

/// <summary>Holds what a sweep has listed and compares it with the stored items. Memory is bounded by a page.</summary>
public interface ISweepLedger
{
    /// <summary>Forgets what an earlier sweep of a connector listed.</summary>
    Task ClearAsync(string connector, CancellationToken cancellationToken);

    /// <summary>Notes listed ids; the same id may come more than once.</summary>
    Task AddAsync(string connector, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Those of some ids that are stored, deleted ones included.</summary>
    Task<IReadOnlyList<string>> StoredAsync(string connector, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Ids whose listing does not fit what is stored, each once: those that should have been listed (not deleted, and now in one of the projects), and those that were and are
    /// not stored as visible items of which nothing is missing.
    /// </summary>
    /// <param name="connector">Connector's name.</param>
    /// <param name="projects">The tracker's projects that were listed whole, any case.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<string> SuspectsAsync(string connector, IReadOnlyList<string> projects, CancellationToken cancellationToken);
}
