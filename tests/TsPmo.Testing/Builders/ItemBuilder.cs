using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Testing.Builders;

/// <summary>An item with what happened to it, said in the order a person would tell it. Changes may be told in any order.</summary>
public sealed class ItemBuilder(string id, string connector = "tracker")
{
    private readonly List<(DateTimeOffset At, string Field, object? Value)> _changes = [];
    private readonly Dictionary<string, object?> _initial = new(StringComparer.Ordinal);

    /// <summary>When the item was created; by default long before anything else.</summary>
    public DateTimeOffset Created { get; set; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The value a field has from creation on.</summary>
    public ItemBuilder With(string field, object? value)
    {
        _initial[field] = value;
        return this;
    }

    /// <summary>A change of a field.</summary>
    public ItemBuilder Change(DateTimeOffset at, string field, object? value)
    {
        _changes.Add((at, field, value));
        return this;
    }

    /// <summary>The item.</summary>
    public ItemHistory Build() => new()
    {
        Id = new(connector, id),
        Key = $"KEY-{id}",
        Url = $"https://tracker.example/browse/KEY-{id}",
        Title = $"Item {id}",
        Created = Created,
        Updated = _changes.Select(c => c.At).Append(Created).Max(),
        Status = Track<string?>("status", null),
        State = Track("state", State.ToDo),
        Kind = Track("kind", WorkItemKind.Story),
        SourceType = Track<string?>("sourceType", "Story"),
        Project = Track<string?>("project", "PRJ"),
        Parent = Track<string?>("parent", null),
        Assignee = Track<string?>("assignee", null),
        Points = Track<decimal?>("points", null),
        EstimateHours = Track<decimal?>("estimateHours", null),
        RemainingHours = Track<decimal?>("remainingHours", null),
        CompletedWork = Has("completedWork") ? Track<decimal?>("completedWork", null) : null,
        Sprints = Track<IReadOnlyList<string>>("sprints", []),
        Milestones = Track<IReadOnlyList<string>>("milestones", []),
        PlannedStart = Track<DateOnly?>("plannedStart", null),
        PlannedFinish = Track<DateOnly?>("plannedFinish", null),
        Priority = Track<string?>("priority", null),
        Labels = Track<IReadOnlyList<string>>("labels", []),
        Blocked = Track("blocked", false),
        Waiting = Has("waiting") ? Track("waiting", false) : null,
        Deleted = Track("deleted", false),
        AreaPath = Track<string?>("areaPath", null),
        Components = Track<IReadOnlyList<string>>("components", []),
    };

    /// <summary>The item with its time in the project's scope.</summary>
    public ScopedItem BuildScoped() => new(Build(), Track("inScope", true));

    private bool Has(string field) => _initial.ContainsKey(field) || _changes.Exists(c => c.Field == field);

    private Track<T> Track<T>(string field, T fallback)
    {
        var first = _initial.TryGetValue(field, out var value) ? (T)value! : fallback;
        var entries = new List<TrackEntry<T>>();
        foreach (var (at, _, to) in _changes.Where(c => c.Field == field).OrderBy(c => c.At))
            entries.Add(new(at, null, entries.Count == 0 ? first : entries[^1].To, (T)to!));
        return new(first, entries);
    }
}
