using TsPmo.Model;

namespace TsPmo.Engine.Storage;

/// <summary>The store as a whole.</summary>
public interface IStore
{
    /// <summary>Creates the store where there is none and brings its schema up to date. Must have succeeded before anything else is asked of it.</summary>
    /// <returns>Null, or the problem <c>store-unusable</c>.</returns>
    Task<Problem?> OpenAsync(CancellationToken cancellationToken);
}
