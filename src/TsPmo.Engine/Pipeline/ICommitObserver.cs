namespace TsPmo.Engine.Pipeline;

/// <summary>Is told of every page between its receipt and its commit, and again after it. Lets a test stop a pass at exactly such a moment.</summary>
public interface ICommitObserver
{
    /// <summary>A page was received and understood, and nothing of it is stored yet.</summary>
    Task ReceivedAsync(string connector, string stream, long page, CancellationToken cancellationToken);

    /// <summary>The page and its cursor are stored.</summary>
    Task StoredAsync(string connector, string stream, long page, CancellationToken cancellationToken);
}
