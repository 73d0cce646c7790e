using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>
/// What happens now and then in an organisation and breaks readers that trust projects, types, dates and the feed: moves, other types, other names, items that
/// come back, are destroyed or lie out of sight, iterations that are put off. It has dice of its own, so that a round without it goes as it always went.
/// </summary>
internal sealed class RareAzureActs(RecordedTracker tracker, RoundRequest request, SandboxClock.HeldInstant held, IReadOnlyList<LiveItem> items) : IRareActs
{
    private const double Share = 0.2;
    private readonly RandomSequence _random = new(request.Seed, $"rare/{tracker.Name}");

    public bool TryAct()
    {
        if (!_random.Chance(Share)) return false;
        var item = _random.Pick(items);
        return _random.Pick<int>((0, 0.2), (1, 0.15), (2, 0.1), (3, 0.25), (4, 0.12), (5, 0.1), (6, 0.08)) switch
        {
            0 => request.Moves && TryMove(item),
            1 => request.Moves && TryRetype(item),
            2 => request.Renames && TryRenamePerson(),
            3 => request.Hidings && (_random.Chance(0.5) ? TryShow() : TryHide(item)),
            4 => request.Deletions && TryRestore(),
            5 => request.Deletions && TryDestroy(item),
            _ => request.Moves && TryPutOff(),
        };
    }

    /// <summary>To another project, whose process may know other types and states: what comes closest is taken. Team, iteration and parent are left behind.</summary>
    private bool TryMove(LiveItem item)
    {
        if (!IsFree(item) || item.Type.Kind is "Subtask" or "Epic") return false;
        var targets = tracker.Live.Projects.Values.Where(p => p.Key != item.Spec.Project).Select(p => (p.Key, Type: p.Types.FirstOrDefault(t => t.Kind == item.Type.Kind)))
            .Where(p => p.Type is not null && Closest(p.Type, item) is not null).ToList();
        if (targets.Count == 0) return false;
        var (project, type) = _random.Pick(targets);
        IReadOnlyList<string> none = [];
        Change(item, type, [new(ItemField.Project, project), new(ItemField.Parent, null), new(ItemField.Team, null), new(ItemField.Sprints, none)]);
        return true;
    }

    /// <summary>A story turns out to be a bug, or a bug a story.</summary>
    private bool TryRetype(LiveItem item)
    {
        if (!IsFree(item) || item.Type.Kind is not ("Story" or "Bug")) return false;
        var type = tracker.Live.Projects[item.Spec.Project].Types.FirstOrDefault(t => t.Kind is "Story" or "Bug" && t.Kind != item.Type.Kind);
        if (type is null || Closest(type, item) is null) return false;
        Change(item, type, []);
        return true;
    }

    private void Change(LiveItem item, TypeSpec? type, IReadOnlyList<ItemEdit> edits)
    {
        if (type is null || Closest(type, item) is not { } status) return;
        tracker.ChangeItem(held.At, Somebody(), item.Id, [.. edits, new(ItemField.Type, type.Name), new(ItemField.Status, status)]);
    }

    private static string? Closest(TypeSpec type, LiveItem item) =>
        (type.Workflow.FirstOrDefault(s => s.Name == item.Spec.Status && s.State == item.State) ?? type.Workflow.FirstOrDefault(s => s.State == item.State))?.Name;

    private bool TryRenamePerson()
    {
        var (account, person) = _random.Pick(tracker.Live.People.ToList());
        tracker.RenamePerson(account, $"{person.DisplayName.Split(' ')[0]} {_random.Pick(Wording.FamilyNames)}");
        return true;
    }

    private bool TryHide(LiveItem item)
    {
        if (!IsLoose(item)) return false;
        tracker.ShowItem(held.At, Somebody(), item.Id, visible: false, HidingWay.Permission);
        return true;
    }

    private bool TryShow()
    {
        var hidden = tracker.Live.Items.Where(i => i is { Hidden: true, Deleted: false }).ToList();
        if (hidden.Count == 0) return false;
        tracker.ShowItem(held.At, Somebody(), _random.Pick(hidden).Id, visible: true, HidingWay.Permission);
        return true;
    }

    private bool TryRestore()
    {
        var bin = tracker.Live.Items.Where(i => i is { Deleted: true, Destroyed: false, HadLinks: false } && IsThere(i.Spec.Parent)).ToList();
        if (bin.Count == 0) return false;
        tracker.RestoreItem(held.At, Somebody(), _random.Pick(bin).Id);
        return true;
    }

    /// <summary>Out of the bin or, as the interface also allows, at once.</summary>
    private bool TryDestroy(LiveItem item)
    {
        var bin = tracker.Live.Items.Where(i => i is { Deleted: true, Destroyed: false, HadLinks: false }).ToList();
        var target = bin.Count > 0 && _random.Chance(0.5) ? _random.Pick(bin) : item;
        if (target != item || IsLoose(item)) tracker.DestroyItem(held.At, Somebody(), target.Id);
        else return false;
        return true;
    }

    /// <summary>An iteration that has not ended is put off by some days. Nothing but its dates tells of it.</summary>
    private bool TryPutOff()
    {
        var open = tracker.Live.Sprints.Where(s => s.Value is { Start: not null, End: { } end } && end > held.At).ToList();
        if (open.Count == 0) return false;
        var (id, spec) = _random.Pick(open);
        var days = _random.Between(1, 4);
        tracker.ChangeSprint(id, spec with { Start = spec.Start > held.At ? spec.Start?.AddDays(days) : spec.Start, End = spec.End?.AddDays(days) });
        return true;
    }

    private static bool IsFree(LiveItem item) => item is { Deleted: false, Hidden: false, IsAnchor: false, Children: 0 };

    /// <summary>Whether nothing hangs on the item, so that what others show of it stays out of the question.</summary>
    private bool IsLoose(LiveItem item) => IsFree(item) && !tracker.Live.Links.Any(l => l.FromId == item.Id || l.ToId == item.Id);

    private bool IsThere(string? parent) => parent is null || tracker.Live[parent] is { Deleted: false, Hidden: false };

    private string Somebody() => _random.Pick(tracker.Live.People.Keys.ToList());
}
