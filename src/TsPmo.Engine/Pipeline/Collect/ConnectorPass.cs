using TsPmo.Engine.Pipeline.Query;
using TsPmo.Engine.Pipeline.Sweep;
using TsPmo.Engine.Storage;
using TsPmo.Model.Contracts;

namespace TsPmo.Engine.Pipeline.Collect;

/// <summary>Reads one connector's streams in order, page after page, asks what its sources' conditions are fulfilled by, and sweeps it where that is asked for.</summary>
internal sealed class ConnectorPass(ConnectorInstance connector, IFactStore facts, PageWriter writer, SweepPass sweep, QueryPass queries, SyncTally tally)
{
    /// <summary>Problems after which no other stream is worth trying: repeating a refused sign-in locks accounts, and what cannot be reached stays so.</summary>
    private static readonly HashSet<string> Fatal = new(StringComparer.Ordinal) { "authentication-failed", "unreachable" };

    /// <summary>How many incomplete items a pass looks at; more are left to the sweep.</summary>
    private const int MostIncomplete = 1_000;

    private readonly HashSet<string> _incomplete = new(StringComparer.Ordinal);

    public async Task RunAsync(ReadDepth depth, CancellationToken cancellationToken)
    {
        foreach (var stream in connector.Connector.Streams)
        {
            if (!await ReadStreamAsync(stream, depth, cancellationToken))
                return;
        }

        if (connector.Connector is IQuerying querying)
            await queries.RunAsync(querying, cancellationToken);
        if (connector.Connector is not ISweep power)
            return;
        if (_incomplete.Count > 0)
            await sweep.CompleteAsync(power, _incomplete, cancellationToken);
        if (depth != ReadDepth.Changes)
            await sweep.RunAsync(power, cancellationToken);
    }

    /// <summary>Reads a stream to its end. False when nothing else should be read of this connector.</summary>
    private async Task<bool> ReadStreamAsync(string stream, ReadDepth depth, CancellationToken cancellationToken)
    {
        var cursor = await facts.CursorAsync(connector.Name, stream, cancellationToken);
        var request = new ReadRequest { Stream = stream, Cursor = depth == ReadDepth.Everything ? null : cursor.Value, Projects = connector.Projects, Depth = depth };
        var version = cursor.Version;
        await foreach (var step in connector.Connector.ReadAsync(request, cancellationToken).WithCancellation(cancellationToken))
        {
            switch (step)
            {
                case SourcePage page when await writer.WriteAsync(stream, page, version, cancellationToken) is { } result:
                    version++;
                    _incomplete.UnionWith(result.Incomplete.Take(MostIncomplete - _incomplete.Count));
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
}
