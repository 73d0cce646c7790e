namespace TsPmo.Engine.Storage;

/// <summary>Says who may work on a scope. A lease ends when it is disposed or its process dies, so a killed run blocks nobody.</summary>
public interface ILeases
{
    /// <summary>Takes the lease of a scope ("sync/name"); null when somebody else holds it.</summary>
    Task<IAsyncDisposable?> TryTakeAsync(string scope, CancellationToken cancellationToken);
}
