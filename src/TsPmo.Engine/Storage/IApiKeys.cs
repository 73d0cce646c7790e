namespace TsPmo.Engine.Storage;

/// <summary>The keys by which programs sign in.</summary>
public interface IApiKeys
{
    /// <summary>Makes a key. Its text is given this once and is not kept.</summary>
    /// <param name="name">What it is for, for people.</param>
    /// <param name="role">What it allows.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<(ApiKey Key, string Text)> CreateAsync(string name, ApiRole role, CancellationToken cancellationToken);

    /// <summary>All keys, revoked ones included, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Ends a key for good; false when there is none of that id or it has been revoked.</summary>
    Task<bool> RevokeAsync(string id, CancellationToken cancellationToken);

    /// <summary>The key that a text is the proof of; null when it is none or was revoked.</summary>
    Task<ApiKey?> FindAsync(string text, CancellationToken cancellationToken);
}

/// <summary>What a key allows.</summary>
public enum ApiRole
{
    /// <summary>To look.</summary>
    Reader,

    /// <summary>To look and to report.</summary>
    Operator,
}

/// <summary>A key without what proves it.</summary>
/// <param name="Id">Its id, by which it is revoked.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it allows.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="RevokedAt">When it was revoked, UTC; null while it is good.</param>
public sealed record ApiKey(string Id, string Name, ApiRole Role, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);
