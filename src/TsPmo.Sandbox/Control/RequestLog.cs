namespace TsPmo.Sandbox.Control;

/// <summary>A request a tracker was asked.</summary>
/// <param name="Status">The status sent; 0 where the connection was cut.</param>
public sealed record RequestEntry(string Tracker, string Method, string Path, int Status);

/// <summary>What was asked of the trackers: counts of everything, and the latest requests.</summary>
public sealed class RequestLog
{
    private const int Kept = 50_000;
    private readonly Lock _gate = new();
    private readonly Queue<RequestEntry> _latest = new();
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Number of requests by tracker, also of those no longer listed.</summary>
    public IReadOnlyDictionary<string, int> Counts
    {
        get { lock (_gate) return new SortedDictionary<string, int>(_counts, StringComparer.Ordinal); }
    }

    /// <summary>The latest requests, oldest first.</summary>
    public IReadOnlyList<RequestEntry> Latest
    {
        get { lock (_gate) return [.. _latest]; }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _latest.Clear();
            _counts.Clear();
        }
    }

    internal void Add(RequestEntry entry)
    {
        lock (_gate)
        {
            _counts[entry.Tracker] = _counts.GetValueOrDefault(entry.Tracker) + 1;
            _latest.Enqueue(entry);
            if (_latest.Count > Kept) _latest.Dequeue();
        }
    }
}
