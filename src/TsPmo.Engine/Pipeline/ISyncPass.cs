using TsPmo.Model.Contracts;

namespace TsPmo.Engine.Pipeline;

/// <summary>Reads what is new in the trackers and stores it.</summary>
public interface ISyncPass
{
    /// <summary>
    /// One pass: connectors side by side, each one's streams in order, page by page. What fails is in the report and stops nothing else; only cancellation is thrown,
    /// and what was stored until then stays.
    /// </summary>
    Task<SyncReport> RunAsync(SyncRequest request, IProgress<SyncProgress>? progress, CancellationToken cancellationToken);
}

/// <summary>What to read.</summary>
/// <param name="Connectors">Names of connectors; null: all.</param>
/// <param name="Depth">
/// How thoroughly. <see cref="ReadDepth.Everything"/> reads again from the beginning; the others go on from the stored cursors. All but <see cref="ReadDepth.Changes"/> end
/// with a sweep where the connector can do one.
/// </param>
public sealed record SyncRequest(IReadOnlyCollection<string>? Connectors = null, ReadDepth Depth = ReadDepth.Changes)
{
    /// <summary>How long to wait for another pass over the same connector before leaving it out.</summary>
    public TimeSpan Patience { get; init; }
}

/// <summary>How far a connector's pass has come. Sent after every stored page.</summary>
/// <param name="Connector">Connector's name.</param>
/// <param name="Stream">Stream being read.</param>
/// <param name="Pages">Pages stored so far, over all streams.</param>
/// <param name="Items">Items read so far.</param>
/// <param name="Finished">Whether the connector is done.</param>
public sealed record SyncProgress(string Connector, string Stream, long Pages, long Items, bool Finished);
