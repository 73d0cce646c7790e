using System.Collections.Concurrent;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// The identifiers of iterations by their numbers, of every iteration that was ever seen: the tracker forgets a deleted one, and revisions name it for ever. The cursor of
/// the iterations' stream keeps them from pass to pass.
/// </summary>
internal sealed class KnownIterations
{
    private readonly ConcurrentDictionary<long, string> _byNumber = [];

    /// <summary>All that is known.</summary>
    public IReadOnlyDictionary<long, string> All => new SortedDictionary<long, string>(_byNumber);

    /// <summary>Takes what an earlier pass knew.</summary>
    public void Remember(IReadOnlyDictionary<long, string> known)
    {
        foreach (var (number, identifier) in known)
            _byNumber.TryAdd(number, identifier);
    }

    /// <summary>Takes what a project's tree holds. Its root is no sprint.</summary>
    public void Learn(IEnumerable<IterationNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (!node.IsRoot && node.Id is { } number)
                _byNumber[number] = node.Identifier;
        }
    }

    /// <summary>The identifier of an iteration; null for one that was never seen.</summary>
    public string? Find(long number) => _byNumber.GetValueOrDefault(number);
}
