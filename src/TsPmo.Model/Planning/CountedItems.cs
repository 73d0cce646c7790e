using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>Which items carry weight of their own: a story does, its sub-tasks do not; a feature does only while nothing lies below it.</summary>
public static class CountedItems
{
    /// <summary>The items of a project that count as of an instant, in the order of the history.</summary>
    public static IEnumerable<ScopedItem> At(ProjectHistory history, DateTimeOffset instant) =>
        history.Items.Where((_, index) => history.Counted[index].At(instant));

    /// <summary>When each item counts: it exists in the project, and its kind carries weight. In the order of the history, by one sweep.</summary>
    internal static IReadOnlyList<Track<bool>> Over(ProjectHistory history)
    {
        var features = history.Items.Where(i => EverFeature(i.Item)).Select(i => i.Item.Id).ToHashSet();
        var parents = features.Count == 0 ? [] : ParentsOf(history, features);
        return [.. history.Items.Select(item => Over(item, parents.GetValueOrDefault(item.Item.Id)))];
    }

    private static Track<bool> Over(ScopedItem item, Track<bool>? isParent)
    {
        if (isParent is null && item.Item is { Deleted.Entries.Count: 0, Kind.Entries.Count: 0 } && item.InScope.Entries.Count == 0)
            return Track([item.Item.Created], _ => item.InScope.Initial && !item.Item.Deleted.Initial && Counts(item.Item.Kind.Initial, hasChildren: false));
        var instants = Presence(item).Concat(item.Item.Kind.Entries.Select(e => e.At)).Concat(isParent?.Entries.Select(e => e.At) ?? []);
        return Track(instants, at => item.IsInAt(at) && Counts(item.Item.Kind.At(at), isParent?.At(at) ?? false));
    }

    /// <summary>Whether an item of a kind carries weight of its own.</summary>
    public static bool Counts(WorkItemKind kind, bool hasChildren) => kind switch
    {
        WorkItemKind.Story or WorkItemKind.Task or WorkItemKind.Bug or WorkItemKind.Incident or WorkItemKind.Other => true,
        WorkItemKind.Feature => !hasChildren,
        _ => false,
    };

    private static bool EverFeature(ItemHistory item) =>
        item.Kind.Initial == WorkItemKind.Feature || item.Kind.Entries.Any(e => e.To == WorkItemKind.Feature);

    /// <summary>When something of the project lay below each feature: the number of its children over time, by adding up when each came and went.</summary>
    private static Dictionary<SourceId, Track<bool>> ParentsOf(ProjectHistory history, HashSet<SourceId> features)
    {
        var children = new Dictionary<SourceId, SortedDictionary<DateTimeOffset, int>>();
        foreach (var item in history.Items.Where(i => i.Item.Parent.Entries.Count > 0 || i.Item.Parent.Initial is not null))
        {
            foreach (var (at, from, to) in Parents(item))
            {
                Add(from, at, -1);
                Add(to, at, 1);
            }
        }

        return children.ToDictionary(c => c.Key, c => HasAny(c.Value));

        void Add(SourceId? parent, DateTimeOffset at, int by)
        {
            if (parent is not { } id || !features.Contains(id))
                return;
            if (!children.TryGetValue(id, out var steps))
                children[id] = steps = [];
            steps[at] = steps.GetValueOrDefault(at) + by;
        }
    }

    private static IEnumerable<(DateTimeOffset At, SourceId? From, SourceId? To)> Parents(ScopedItem item)
    {
        SourceId? before = null;
        foreach (var at in Presence(item).Concat(item.Item.Parent.Entries.Select(e => e.At)).Distinct().Order())
        {
            SourceId? parent = item.IsInAt(at) && item.Item.Parent.At(at) is { } id ? new SourceId(item.Item.Id.Connector, id) : null;
            if (parent != before)
                yield return (at, before, parent);
            before = parent;
        }
    }

    private static Track<bool> HasAny(SortedDictionary<DateTimeOffset, int> steps)
    {
        var count = 0;
        var counts = steps.ToDictionary(s => s.Key, s => count += s.Value);
        return Track(steps.Keys, at => counts[at] > 0);
    }

    /// <summary>The instants at which an item may have come into the project or left it.</summary>
    private static IEnumerable<DateTimeOffset> Presence(ScopedItem item) =>
        item.Item.Deleted.Entries.Select(e => e.At).Concat(item.InScope.Entries.Select(e => e.At)).Prepend(item.Item.Created);

    private static Track<bool> Track(IEnumerable<DateTimeOffset> instants, Func<DateTimeOffset, bool> isTrue)
    {
        var entries = new List<TrackEntry<bool>>();
        foreach (var at in instants.Distinct().Order())
        {
            var before = entries.Count > 0 && entries[^1].To;
            if (isTrue(at) != before)
                entries.Add(new(at, null, before, !before));
        }

        return new(initial: false, entries);
    }
}
