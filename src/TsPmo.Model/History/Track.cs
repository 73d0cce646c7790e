namespace TsPmo.Model.History;

/// <summary>One change of one field. <see cref="Author"/> is the tracker's account id, null where it is not told.</summary>
public readonly record struct TrackEntry<T>(DateTimeOffset At, string? Author, T From, T To);

/// <summary>The values one field of one item had over time: a first value from creation on, then changes in order of their instants. Immutable.</summary>
public sealed class Track<T>
{
    private readonly TrackEntry<T>[] _entries;

    /// <summary>A track. Entries must be in order of their instants; each entry's From is the value before it.</summary>
    public Track(T initial, IEnumerable<TrackEntry<T>> entries)
    {
        Initial = initial;
        _entries = [.. entries];
    }

    /// <summary>The value at creation.</summary>
    public T Initial { get; }

    /// <summary>All changes, oldest first.</summary>
    public IReadOnlyList<TrackEntry<T>> Entries => _entries;

    /// <summary>The last known value.</summary>
    public T Current => _entries.Length == 0 ? Initial : _entries[^1].To;

    /// <summary>The instants of all changes, oldest first.</summary>
    public IEnumerable<DateTimeOffset> Instants() => _entries.Select(e => e.At);

    /// <summary>The value as of an instant; a change at exactly that instant has happened.</summary>
    public T At(DateTimeOffset instant)
    {
        var after = CountUpTo(instant);
        return after == 0 ? Initial : _entries[after - 1].To;
    }

    /// <summary>The changes that had happened as of an instant, inclusive.</summary>
    public ReadOnlySpan<TrackEntry<T>> UpTo(DateTimeOffset instant) => _entries.AsSpan(0, CountUpTo(instant));

    private int CountUpTo(DateTimeOffset instant)
    {
        int low = 0, high = _entries.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].At <= instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
