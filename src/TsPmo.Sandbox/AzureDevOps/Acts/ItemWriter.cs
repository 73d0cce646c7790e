using System.Globalization;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.World;
using static TsPmo.Sandbox.AzureDevOps.State.FieldNames;

namespace TsPmo.Sandbox.AzureDevOps.Acts;

/// <summary>Says a portfolio's notions in the fields of one draft.</summary>
internal sealed class ItemWriter(AzureDevOpsOrganisation organisation, ChangeSet changes, WorkItem item)
{
    private readonly ItemDraft _draft = changes.Draft(item);

    private TeamProject Project => organisation.Project(_draft.Text(FieldNames.TeamProject));

    private WorkItemTypeDefinition Type =>
        Project.Type(_draft.Text(WorkItemType)) ?? throw new ArgumentException($"Project {Project.Name} has no type \"{_draft.Text(WorkItemType)}\".");

    private bool Blocked => PlanFields.HasBlockedField(Project)
        ? _draft.Text(FieldNames.Blocked) == "Yes"
        : TagList.Read(_draft.Text(Tags)).Contains(PlanFields.BlockedTag, StringComparer.OrdinalIgnoreCase);

    public void Create(ItemSpec spec)
    {
        _draft[FieldNames.TeamProject] = organisation.Project(spec.Project).Name;
        _draft[WorkItemType] = spec.Type;
        _draft[Title] = spec.Title;
        _draft[FieldNames.State] = spec.Status;
        _draft[CreatedBy] = spec.Reporter is null ? changes.By : organisation.Person(spec.Reporter);
        SetArea(spec.Team);
        SetSprints(spec.Sprints);
        SetPerson(AssignedTo, spec.Assignee);
        _draft[PlanFields.Points(Project)] = spec.Points;
        _draft[OriginalEstimate] = spec.EstimateHours;
        _draft[RemainingWork] = spec.RemainingHours;
        _draft[StartDate] = Midnight(spec.PlannedStart);
        _draft[PlanFields.PlannedFinish(Project, Type)] = Midnight(spec.PlannedFinish);
        SetPriority(spec.Priority);
        SetTagsAndBlocked(spec.Labels, spec.Blocked);
        if (spec.Parent is not null)
            changes.SetParent(item, organisation.Item(ItemId.Parse(spec.Parent)));
        Refuse(spec.Versions.Count > 0, ItemField.Versions);
        Refuse(spec.Resolution is not null, ItemField.Resolution);
    }

    /// <summary>A move or a new type first: what else the act says is meant for where the item then is.</summary>
    public void Change(IReadOnlyList<ItemEdit> edits)
    {
        var (places, others) = (edits.Where(IsPlace).ToDictionary(edit => edit.Field, edit => (string?)edit.Value), edits.Where(edit => !IsPlace(edit)));
        if (places.Count > 0)
            Move(() => MoveTo(places));
        foreach (var edit in others)
            Change(edit);
    }

    private static bool IsPlace(ItemEdit edit) => edit.Field is ItemField.Project or ItemField.Type;

    private void Change(ItemEdit edit)
    {
        switch (edit.Field)
        {
            case ItemField.Title: _draft[Title] = edit.Value; break;
            case ItemField.Status: _draft[FieldNames.State] = edit.Value; break;
            case ItemField.Parent: changes.SetParent(item, edit.Value is string id ? organisation.Item(ItemId.Parse(id)) : null); break;
            case ItemField.Assignee: SetPerson(AssignedTo, (string?)edit.Value); break;
            case ItemField.Points: _draft[PlanFields.Points(Project)] = (double?)edit.Value; break;
            case ItemField.EstimateHours: _draft[OriginalEstimate] = (double?)edit.Value; break;
            case ItemField.RemainingHours: _draft[RemainingWork] = (double?)edit.Value; break;
            case ItemField.PlannedStart: _draft[StartDate] = Midnight((DateOnly?)edit.Value); break;
            case ItemField.PlannedFinish: _draft[PlanFields.PlannedFinish(Project, Type)] = Midnight((DateOnly?)edit.Value); break;
            case ItemField.Priority: SetPriority((string?)edit.Value); break;
            case ItemField.Labels: SetTagsAndBlocked((IReadOnlyList<string>?)edit.Value ?? [], Blocked); break;
            case ItemField.Blocked: SetTagsAndBlocked(Labels(), edit.Value is true); break;
            case ItemField.Team: SetArea((string?)edit.Value); break;
            case ItemField.Sprints: SetSprints((IReadOnlyList<string>?)edit.Value ?? []); break;
            default: Refuse(edit.Value is not null and not IReadOnlyList<string> { Count: 0 }, edit.Field); break;
        }
    }

    /// <summary>Another process or type may keep points, finish and block in other fields: the values go along.</summary>
    private void Move(Action move)
    {
        var (points, finish) = (PlanFields.Points(Project), PlanFields.PlannedFinish(Project, Type));
        var (pointsValue, finishValue, labels, blocked) = (_draft[points], _draft[finish], Labels(), Blocked);
        (_draft[points], _draft[finish], _draft[FieldNames.Blocked]) = (null, null, null);
        move();
        _draft[PlanFields.Points(Project)] = pointsValue;
        _draft[PlanFields.PlannedFinish(Project, Type)] = finishValue;
        SetTagsAndBlocked(labels, blocked);
    }

    private void MoveTo(Dictionary<ItemField, string?> places)
    {
        if (places.TryGetValue(ItemField.Type, out var type))
            _draft[WorkItemType] = type;
        if (!places.TryGetValue(ItemField.Project, out var project))
            return;
        _draft[FieldNames.TeamProject] = organisation.Project(project ?? string.Empty).Name;
        SetArea(team: null);
        SetSprints([]);
    }

    private IReadOnlyList<string> Labels() =>
        [.. TagList.Read(_draft.Text(Tags)).Where(tag => !tag.Equals(PlanFields.BlockedTag, StringComparison.OrdinalIgnoreCase))];

    private void SetArea(string? team)
    {
        var area = team is null ? Project.Areas : Project.Team(team)?.Area ?? throw new ArgumentException($"Project {Project.Name} has no team \"{team}\".");
        (_draft[AreaPath], _draft[AreaId], _draft[NodeName]) = (area.ItemPath, area.Id, area.Name);
    }

    private void SetSprints(IReadOnlyList<string> sprints)
    {
        if (sprints.Count > 1)
            throw new ArgumentException("An Azure DevOps work item is in one iteration at most.");
        var node = sprints.Count == 0 ? Project.Iterations : organisation.Node(Guid.Parse(sprints[0])) ?? throw new ArgumentException($"There is no iteration {sprints[0]}.");
        (_draft[IterationPath], _draft[IterationId]) = (node.ItemPath, node.Id);
    }

    private void SetPerson(string field, string? account) => _draft[field] = account is null ? null : organisation.Person(account);

    private void SetPriority(string? priority) =>
        _draft[Priority] = priority is null ? null : int.Parse(priority, NumberStyles.None, CultureInfo.InvariantCulture);

    private void SetTagsAndBlocked(IReadOnlyList<string> labels, bool blocked)
    {
        var hasField = PlanFields.HasBlockedField(Project);
        _draft[FieldNames.Blocked] = hasField && blocked ? "Yes" : null;
        _draft[Tags] = TagList.Write(!hasField && blocked ? [.. labels, PlanFields.BlockedTag] : labels);
    }

    private static DateTimeOffset? Midnight(DateOnly? day) => day is { } date ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;

    private static void Refuse(bool given, ItemField field)
    {
        if (given)
            throw new NotSupportedException($"Azure DevOps has no {field}.");
    }
}
