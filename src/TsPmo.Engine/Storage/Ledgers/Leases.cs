namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>Leases are locks of the database's own kind.</summary>
internal sealed class Leases(IStoreProvider provider) : ILeases
{
    public Task<IAsyncDisposable?> TryTakeAsync(string scope, CancellationToken cancellationToken) => provider.TryLockAsync(scope, cancellationToken);
}
