using TsPmo.Engine.Pipeline.Normalise;
using TsPmo.Engine.Storage;
using TsPmo.Model.Contracts;

namespace TsPmo.Engine.Pipeline.Collect;

/// <summary>Understands a connector's pages and commits them one by one, whichever way they came.</summary>
internal sealed class PageWriter(ConnectorInstance connector, IFactStore facts, IEnumerable<ICommitObserver> observers, SyncTally tally)
{
    private long _pages;

    /// <summary>Stores a page as of a cursor version; null, and the problem told, when another pass moved the cursor meanwhile.</summary>
    public Task<CommitResult?> WriteAsync(string stream, SourcePage page, long version, CancellationToken cancellationToken) =>
        CommitAsync(PageReading.Read(connector, stream, page, version), cancellationToken);

    /// <summary>Stores what was looked up, likewise.</summary>
    public Task<CommitResult?> WriteAsync(string stream, LookedAt looked, string cursor, long version, CancellationToken cancellationToken) =>
        CommitAsync(PageReading.Read(connector, stream, new SourcePage(looked.Records, cursor), version) with { IsLook = true, Absent = looked.Absent }, cancellationToken);

    private async Task<CommitResult?> CommitAsync(PageCommit commit, CancellationToken cancellationToken)
    {
        var number = ++_pages;
        foreach (var observer in observers)
            await observer.ReceivedAsync(connector.Name, commit.Stream, number, cancellationToken);
        var result = await facts.CommitAsync(commit, cancellationToken);
        if (result.Problem is { } problem)
        {
            tally.CutShort(problem);
            return null;
        }

        foreach (var broken in commit.Quarantined)
            tally.Fail(broken.Problem);
        tally.Stored(commit.Stream, result, commit.Quarantined.Count);
        foreach (var observer in observers)
            await observer.StoredAsync(connector.Name, commit.Stream, number, cancellationToken);
        return result;
    }
}
