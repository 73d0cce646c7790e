using TsPmo.Model.History;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>One change of one exported field. Assignees are account ids still.</summary>
internal readonly record struct ItemChange(DateTimeOffset At, string? Author, string Field, object? From, object? To);

/// <summary>All changes of an item, typed as the fields are exported.</summary>
internal static class ItemChanges
{
    public const string Assignee = "assignee";

    /// <summary>Ordered by instant and field; changes of one field within the same instant in the order in which they happened.</summary>
    public static IEnumerable<ItemChange> Of(ItemHistory item) => Unordered(item).OrderBy(c => c.At.ToUnixTimeMilliseconds()).ThenBy(c => c.Field, StringComparer.Ordinal);

    private static IEnumerable<ItemChange> Unordered(ItemHistory item) =>
    [
        .. Of("status", item.StatusEntries), .. Of("state", item.State, s => s.ToString()), .. Of("type", item.Kind, k => k.ToString()), .. Of("project", item.Project),
        .. Of("parent", item.Parent), .. Of(Assignee, item.Assignee), .. Of("points", item.Points), .. Of("estimateHours", item.EstimateHours),
        .. Of("remainingHours", item.RemainingHours), .. Of("sprints", item.Sprints), .. Of("milestones", item.Milestones), .. Of("plannedStart", item.PlannedStart),
        .. Of("plannedFinish", item.PlannedFinish), .. Of("priority", item.Priority), .. Of("labels", item.Labels), .. Of("blocked", item.Blocked), .. Of("deleted", item.Deleted),
    ];

    private static IEnumerable<ItemChange> Of<T>(string field, Track<T> track, Func<T, object?>? cell = null) => Of(field, track.Entries, cell);

    private static IEnumerable<ItemChange> Of<T>(string field, IEnumerable<TrackEntry<T>> entries, Func<T, object?>? cell = null) =>
        entries.Select(e => new ItemChange(e.At, e.Author, field, cell is null ? e.From : cell(e.From), cell is null ? e.To : cell(e.To)));
}
