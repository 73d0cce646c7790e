using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>Acts that now and then take the place of an ordinary one.</summary>
internal interface IRareActs
{
    /// <summary>Whether a rare act took the place of an ordinary one.</summary>
    bool TryAct();
}

/// <summary>
/// What happens now and then and breaks readers that trust keys, names and sight: moves to another project, other names, hidden items.
/// It has dice of its own, so that a round without it goes as it always went.
/// </summary>
internal sealed class RareActs(RecordedTracker tracker, RoundRequest request, SandboxClock.HeldInstant held, IReadOnlyList<LiveItem> items) : IRareActs
{
    private const double Share = 0.15;
    private readonly RandomSequence _random = new(request.Seed, $"rare/{tracker.Name}");

    public bool TryAct()
    {
        if (!(request.Moves || request.Renames || request.Hidings) || !_random.Chance(Share)) return false;
        var item = _random.Pick(items);
        return _random.Pick<int>((0, 0.35), (1, 0.08), (2, 0.12), (3, 0.45)) switch
        {
            0 => request.Moves && TryMove(item),
            1 => request.Renames && TryRenameStatus(item),
            2 => request.Renames && TryRenamePerson(),
            _ => request.Hidings && (_random.Chance(0.5) ? TryShow() : TryHide(item)),
        };
    }

    /// <summary>To a project that knows the item's type and status, as an administrator would have to see to first; what belongs to the old project is left behind.</summary>
    private bool TryMove(LiveItem item)
    {
        if (item.Deleted || item.Hidden || item.IsAnchor || item.Children > 0 || item.Type.Kind is "Subtask" or "Epic") return false;
        var targets = tracker.Live.Projects.Values.Where(p => p.Key != item.Spec.Project && Takes(p, item)).ToList();
        if (targets.Count == 0) return false;
        IReadOnlyList<string> none = [];
        tracker.ChangeItem(held.At, Somebody(), item.Id,
            [new(ItemField.Project, _random.Pick(targets).Key), new(ItemField.Parent, null), new(ItemField.Versions, none), new(ItemField.Sprints, none)]);
        return true;
    }

    private static bool Takes(ProjectSpec project, LiveItem item) =>
        project.Types.Any(t => t.Name == item.Spec.Type && t.Kind == item.Type.Kind && t.Workflow.Any(s => s.Name == item.Spec.Status));

    /// <summary>A status is renamed and, another time, renamed back.</summary>
    private bool TryRenameStatus(LiveItem item)
    {
        const string mark = " (new)";
        var name = _random.Pick(item.Type.Workflow).Name;
        tracker.RenameStatus(name, name.EndsWith(mark, StringComparison.Ordinal) ? name[..^mark.Length] : name + mark);
        return true;
    }

    private bool TryRenamePerson()
    {
        var (account, person) = _random.Pick(tracker.Live.People.ToList());
        var words = person.DisplayName.Split(' ');
        tracker.RenamePerson(account, $"{words[0]} {_random.Pick(Wording.FamilyNames)}");
        return true;
    }

    /// <summary>Only what nothing hangs on is hidden, so that what others show of it stays out of the question.</summary>
    private bool TryHide(LiveItem item)
    {
        if (item.Deleted || item.Hidden || item.IsAnchor || item.Children > 0 || tracker.Live.Links.Any(l => l.FromId == item.Id || l.ToId == item.Id)) return false;
        tracker.ShowItem(held.At, Somebody(), item.Id, visible: false, Way());
        return true;
    }

    private bool TryShow()
    {
        var hidden = tracker.Live.Items.Where(i => i is { Hidden: true, Deleted: false }).ToList();
        if (hidden.Count == 0) return false;
        tracker.ShowItem(held.At, Somebody(), _random.Pick(hidden).Id, visible: true, Way());
        return true;
    }

    private HidingWay Way() => _random.Chance(0.5) ? HidingWay.SecurityLevel : HidingWay.Permission;

    private string Somebody() => _random.Pick(tracker.Live.People.Keys.ToList());
}
