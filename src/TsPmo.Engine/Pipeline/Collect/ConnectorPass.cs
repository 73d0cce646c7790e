using TsPmo.Engine.Pipeline.Normalise;
using TsPmo.Engine.Storage;
using TsPmo.Model.Contracts;

namespace TsPmo.Engine.Pipeline.Collect;

/// <summary>Reads one connector's streams in order and commits page after page.</summary>
internal sealed class ConnectorPass(ConnectorInstance connector, IFactStore facts, IEnumerable<ICommitObserver> observers, SyncTally tally)
{
    /// <summary>Problems after which no other stream is worth trying: repeating a refused sign-in locks accounts, and what cannot be reached stays so.</summary>
    private static readonly HashSet<string> Fatal = new(StringComparer.Ordinal) { "authentication-failed", "unreachable" };

    private long _pages;

    public async Task RunAsync(bool full, CancellationToken cancellationToken)
    {
        foreach (var stream in connector.Connector.Streams)
        {
            if (!await ReadStreamAsync(stream, full, cancellationToken))
                return;
        }
    }

    /// <summary>Reads a stream to its end. False when nothing else should be read of this connector.</summary>
    private async Task<bool> ReadStreamAsync(string stream, bool full, CancellationToken cancellationToken)
    {
        var cursor = await facts.CursorAsync(connector.Name, stream, cancellationToken);
        var request = new ReadRequest { Stream = stream, Cursor = full ? null : cursor.Value, Projects = connector.Projects };
        var version = cursor.Version;
        await foreach (var step in connector.Connector.ReadAsync(request, cancellationToken).WithCancellation(cancellationToken))
        {
            switch (step)
            {
                case SourcePage page when await CommitAsync(stream, page, version, cancellationToken):
                    version++;
                    break;
                case SourcePage:
                    return true;
                case ReadNotice notice:
                    tally.Fail(notice.Problem);
                    break;
                case ReadFailure failure:
                    tally.CutShort(failure.Problem);
                    return !Fatal.Contains(failure.Problem.Code);
            }
        }

        return true;
    }

    private async Task<bool> CommitAsync(string stream, SourcePage page, long version, CancellationToken cancellationToken)
    {
        var number = ++_pages;
        var commit = PageReading.Read(connector, stream, page, version);
        foreach (var observer in observers)
            await observer.ReceivedAsync(connector.Name, stream, number, cancellationToken);
        var result = await facts.CommitAsync(commit, cancellationToken);
        if (result.Problem is { } problem)
        {
            tally.CutShort(problem);
            return false;
        }

        foreach (var broken in commit.Quarantined)
            tally.Fail(broken.Problem);
        tally.Stored(stream, result, commit.Quarantined.Count);
        foreach (var observer in observers)
            await observer.StoredAsync(connector.Name, stream, number, cancellationToken);
        return true;
    }
}
