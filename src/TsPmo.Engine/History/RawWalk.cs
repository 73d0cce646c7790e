using TsPmo.Engine.Storage.Facts;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>The raw values of an item at one point of its history.</summary>
internal sealed class RawValues(Dictionary<string, RawValue> values)
{
    public RawValue this[string field] => values.GetValueOrDefault(field);

    public IReadOnlyDictionary<string, RawValue> All => values;

    public void Set(string field, RawValue value) => values[field] = value;
}

/// <summary>
/// One walk over an item's events, oldest first, that any number of followers watch. The values at creation come from the oldest event that tells of a field
/// (the first revision, or the From of the oldest change), else from the item as it stands.
/// </summary>
internal sealed class RawWalk(StoredItem item)
{
    private readonly List<IFollower> _followers = [];
    private bool? _isParentLinked;

    /// <summary>Follows what is read from a field; it is read again only when that field changes.</summary>
    public Follower<T> Follow<T>(Func<RawValues, T> read, string field, IEqualityComparer<T>? comparer = null) => Follow(read, changed => changed.Contains(field), comparer);

    /// <summary>The same for what is read from several fields.</summary>
    public Follower<T> Follow<T>(Func<RawValues, T> read, IReadOnlySet<string> fields) => Follow(read, fields.Overlaps, comparer: null);

    private Follower<T> Follow<T>(Func<RawValues, T> read, Func<HashSet<string>, bool> isConcerned, IEqualityComparer<T>? comparer)
    {
        var follower = new Follower<T>(read, isConcerned, comparer ?? EqualityComparer<T>.Default);
        _followers.Add(follower);
        return follower;
    }

    /// <summary>Walks, and gives the values at the end.</summary>
    public RawValues Run()
    {
        var values = new RawValues(AtCreation());
        foreach (var follower in _followers)
            follower.Start(values);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in item.Events)
        {
            changed.Clear();
            Apply(step, values, changed);
            if (changed.Count == 0)
                continue;
            foreach (var follower in _followers)
                follower.Next(values, step, changed);
        }

        return values;
    }

    private Dictionary<string, RawValue> AtCreation()
    {
        var values = new Dictionary<string, RawValue>(item.Current, StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in item.Events)
        {
            foreach (var (field, change) in step.Changes.Where(c => told.Add(c.Key)))
                values[field] = change.From;
            if (!step.IsSnapshot)
                continue;
            foreach (var field in values.Keys.Union(step.Snapshot.Keys, StringComparer.Ordinal).Where(told.Add).ToList())
                values[field] = step.Snapshot.GetValueOrDefault(field);
            return values;
        }

        return values;
    }

    private void Apply(StoredEvent step, RawValues values, HashSet<string> changed)
    {
        foreach (var (field, change) in step.Changes)
            Move(values, field, change.To, changed);
        if (!step.IsSnapshot)
            return;
        foreach (var (field, value) in step.Snapshot)
            Move(values, field, value, changed);
        foreach (var field in values.All.Where(v => !v.Value.IsNone && !step.Snapshot.ContainsKey(v.Key) && !(v.Key == RawFields.Parent && IsParentLinked)).Select(v => v.Key).ToList())
            Move(values, field, RawValue.None, changed);
    }

    /// <summary>Whether parents are told by links alone, so that a snapshot without one says nothing about it.</summary>
    private bool IsParentLinked =>
        _isParentLinked ??= item.Events.Any(e => e.Changes.ContainsKey(RawFields.Parent)) && !item.Events.Any(e => e.Snapshot.ContainsKey(RawFields.Parent));

    private static void Move(RawValues values, string field, RawValue value, HashSet<string> changed)
    {
        if (RawSame.Are(values[field], value))
            return;
        values.Set(field, value);
        changed.Add(field);
    }
}

/// <summary>Watches a walk.</summary>
internal interface IFollower
{
    void Start(RawValues values);

    void Next(RawValues values, StoredEvent step, HashSet<string> changed);
}

/// <summary>Notes the values that one reading of an item had over its history.</summary>
internal sealed class Follower<T>(Func<RawValues, T> read, Func<HashSet<string>, bool> isConcerned, IEqualityComparer<T> comparer) : IFollower
{
    private readonly List<(StoredEvent Step, T From, T To)> _changes = [];
    private T _last = default!;

    public T Initial { get; private set; } = default!;

    public IReadOnlyList<(StoredEvent Step, T From, T To)> Changes => _changes;

    public void Start(RawValues values) => Initial = _last = read(values);

    public void Next(RawValues values, StoredEvent step, HashSet<string> changed)
    {
        if (!isConcerned(changed))
            return;
        var value = read(values);
        if (comparer.Equals(_last, value))
            return;
        _changes.Add((step, _last, value));
        _last = value;
    }

    public Track<T> ToTrack() => new(Initial, _changes.Count == 0 ? [] : _changes.Select(c => new TrackEntry<T>(c.Step.At, c.Step.Author, c.From, c.To)));
}

/// <summary>Lists are the same when their elements are.</summary>
internal sealed class ListComparer : IEqualityComparer<IReadOnlyList<string>>
{
    public static readonly ListComparer Instance = new();

    public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.SequenceEqual(y, StringComparer.Ordinal));

    public int GetHashCode(IReadOnlyList<string> obj) => obj.Count;
}
