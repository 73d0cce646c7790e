namespace TsPmo.Model.Contracts;

/// <summary>Optional power of a connector: tells what it has cost since it was made.</summary>
public interface ITraffic
{
    /// <summary>Running totals.</summary>
    Traffic Total { get; }

    /// <summary>What is left of the tracker's rate limit, in its words, as of the latest answer that told; null where none does.</summary>
    string? Headroom { get; }
}

/// <summary>Cost of talking to a tracker.</summary>
/// <param name="Requests">Requests sent, retries included.</param>
/// <param name="BytesReceived">Bytes of answers' bodies.</param>
/// <param name="Throttled">Time spent waiting for limits and retries.</param>
public readonly record struct Traffic(long Requests, long BytesReceived, TimeSpan Throttled)
{
    /// <summary>What was added since an earlier total.</summary>
    public Traffic Since(Traffic earlier) => new(Requests - earlier.Requests, BytesReceived - earlier.BytesReceived, Throttled - earlier.Throttled);
}
