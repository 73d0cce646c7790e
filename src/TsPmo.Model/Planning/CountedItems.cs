using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>Which items carry weight of their own: a story does, its sub-tasks do not; a feature does only while nothing lies below it.</summary>
public static class CountedItems
{
    /// <summary>The items of a project that count as of an instant, in the order of the history.</summary>
    public static IEnumerable<ScopedItem> At(ProjectHistory history, DateTimeOffset instant)
    {
        var parents = ParentsAt(history, instant);
        return history.Items.Where(i => i.IsInAt(instant) && Counts(i.Item.Kind.At(instant), parents.Contains(i.Item.Id)));
    }

    /// <summary>Whether an item of a kind carries weight of its own.</summary>
    public static bool Counts(WorkItemKind kind, bool hasChildren) => kind switch
    {
        WorkItemKind.Story or WorkItemKind.Task or WorkItemKind.Bug or WorkItemKind.Incident or WorkItemKind.Other => true,
        WorkItemKind.Feature => !hasChildren,
        _ => false,
    };

    private static HashSet<SourceId> ParentsAt(ProjectHistory history, DateTimeOffset instant) =>
    [
        .. history.Items
            .Where(i => i.IsInAt(instant))
            .Select(i => (i.Item.Id.Connector, Parent: i.Item.Parent.At(instant)))
            .Where(i => i.Parent is not null)
            .Select(i => new SourceId(i.Connector, i.Parent ?? "")),
    ];
}
