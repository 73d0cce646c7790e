namespace TsPmo.Sandbox.World;

/// <summary>An item as it stands after the acts so far, kept beside the tracker so that the truth never has to ask it.</summary>
internal sealed class LiveItem(CreatedItem created, ItemSpec spec, TypeSpec type, DateTimeOffset at)
{
    public string Id { get; } = created.Id;

    public string Key { get; set; } = created.Key;

    public ItemSpec Spec { get; set; } = spec;

    public TypeSpec Type { get; set; } = type;

    public DateTimeOffset CreatedAt { get; } = at;

    public double? SpentHours { get; set; }

    public bool Deleted { get; set; }

    /// <summary>Whether it was deleted for good.</summary>
    public bool Destroyed { get; set; }

    /// <summary>Whether links went with it when it was deleted.</summary>
    public bool HadLinks { get; set; }

    /// <summary>Whether the token cannot see it at present. Nothing happens to an item that nobody could read about.</summary>
    public bool Hidden { get; set; }

    public int Children { get; set; }

    /// <summary>Whether a project's status hangs on it; such an item stays.</summary>
    public bool IsAnchor => Spec.Labels.Contains("pmo");

    public TruthState State => TruthFields.State(Type, Spec.Status, Spec.Resolution);

    public bool IsOpen => !Deleted && State is TruthState.ToDo or TruthState.InProgress;

    public static object? Read(ItemSpec spec, ItemField field) => field switch
    {
        ItemField.Title => spec.Title,
        ItemField.Type => spec.Type,
        ItemField.Status => spec.Status,
        ItemField.Resolution => spec.Resolution,
        ItemField.Project => spec.Project,
        ItemField.Parent => spec.Parent,
        ItemField.Assignee => spec.Assignee,
        ItemField.Points => spec.Points,
        ItemField.EstimateHours => spec.EstimateHours,
        ItemField.RemainingHours => spec.RemainingHours,
        ItemField.Sprints => spec.Sprints,
        ItemField.Versions => spec.Versions,
        ItemField.PlannedStart => spec.PlannedStart,
        ItemField.PlannedFinish => spec.PlannedFinish,
        ItemField.Priority => spec.Priority,
        ItemField.Labels => spec.Labels,
        ItemField.Blocked => spec.Blocked,
        ItemField.Team => spec.Team,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    public static ItemSpec Apply(ItemSpec spec, ItemEdit edit) => edit.Field switch
    {
        ItemField.Title => spec with { Title = (string)edit.Value! },
        ItemField.Type => spec with { Type = (string)edit.Value! },
        ItemField.Status => spec with { Status = (string)edit.Value! },
        ItemField.Resolution => spec with { Resolution = (string?)edit.Value },
        ItemField.Project => spec with { Project = (string)edit.Value! },
        ItemField.Parent => spec with { Parent = (string?)edit.Value },
        ItemField.Assignee => spec with { Assignee = (string?)edit.Value },
        ItemField.Points => spec with { Points = (double?)edit.Value },
        ItemField.EstimateHours => spec with { EstimateHours = (double?)edit.Value },
        ItemField.RemainingHours => spec with { RemainingHours = (double?)edit.Value },
        ItemField.Sprints => spec with { Sprints = (IReadOnlyList<string>)edit.Value! },
        ItemField.Versions => spec with { Versions = (IReadOnlyList<string>)edit.Value! },
        ItemField.PlannedStart => spec with { PlannedStart = (DateOnly?)edit.Value },
        ItemField.PlannedFinish => spec with { PlannedFinish = (DateOnly?)edit.Value },
        ItemField.Priority => spec with { Priority = (string?)edit.Value },
        ItemField.Labels => spec with { Labels = (IReadOnlyList<string>)edit.Value! },
        ItemField.Blocked => spec with { Blocked = (bool)edit.Value! },
        ItemField.Team => spec with { Team = (string?)edit.Value },
        _ => throw new ArgumentOutOfRangeException(nameof(edit)),
    };

    /// <summary>Whether two values of a field mean the same; lists are compared as sets.</summary>
    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (IReadOnlyList<string> a, IReadOnlyList<string> b) => a.Count == b.Count && a.Order(StringComparer.Ordinal).SequenceEqual(b.Order(StringComparer.Ordinal)),
        _ => Equals(left, right),
    };
}
