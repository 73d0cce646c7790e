using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>One tracker's part in a stretch of further history: random acts at rising instants, chosen from what is there.</summary>
internal sealed class Round
{
    private readonly RecordedTracker _tracker;
    private readonly IReadOnlyList<RecordedTracker> _all;
    private readonly ItemAddresses _addresses;
    private readonly RoundRequest _request;
    private readonly SandboxClock.HeldInstant _held;
    private readonly RandomSequence _random;
    private readonly DateTimeOffset _start;
    private readonly List<LiveItem> _items;
    private readonly List<string> _people;
    private readonly IRareActs? _rare;
    private bool _turned;

    public Round(RecordedTracker tracker, IReadOnlyList<RecordedTracker> all, ItemAddresses addresses, RoundRequest request, SandboxClock.HeldInstant held)
    {
        (_tracker, _all, _addresses, _request, _held) = (tracker, all, addresses, request, held);
        _random = new RandomSequence(request.Seed, $"round/{tracker.Name}");
        _start = held.At;
        _items = [.. tracker.Live.Items.Where(i => !i.Deleted)];
        _people = [.. tracker.Live.People.Keys];
        if (_items.Count > 0) _rare = IsJira(_items[0]) ? new RareActs(tracker, request, held, _items) : request.AzureDevOps ? new RareAzureActs(tracker, request, held, _items) : null;
    }

    /// <summary>Plays the rounds of several trackers, their acts in the order of their instants, and gives the number of acts.</summary>
    public static int Play(IEnumerable<Round> rounds, SandboxClock.HeldInstant held)
    {
        var plans = rounds.SelectMany(r => r.Instants().Select(at => (At: at, Round: r))).OrderBy(p => p.At).ToList();
        foreach (var (at, round) in plans)
        {
            // A sprint's turn takes as many instants as it moves items, so it may still be under way when the next act is due.
            held.At = at > held.At ? at : held.At.AddMilliseconds(1);
            round.Act();
        }

        return plans.Count;
    }

    private IEnumerable<DateTimeOffset> Instants()
    {
        var length = TimeSpan.FromMinutes(_request.Minutes).TotalMilliseconds - 1000;
        for (var act = 0; _items.Count > 0 && act < _request.Acts; act++)
            yield return _start.AddMilliseconds(1 + Math.Floor(length * (act + _random.NextDouble()) / _request.Acts));
    }

    private void Act()
    {
        if (_rare?.TryAct() == true) return;
        var item = _random.Pick(_items);
        var kind = _random.Pick<int>((0, 0.26), (1, 0.06), (2, 0.1), (3, 0.07), (4, 0.08), (5, 0.06), (6, 0.1), (7, 0.1), (8, 0.06), (9, 0.05), (10, 0.04), (11, 0.03), (12, 0.02), (13, 0.03));
        if (item.Deleted || item.Hidden)
        {
            Add(item);
            return;
        }

        switch (kind)
        {
            case 0: Move(item); break;
            case 1: Edit(item, ItemField.Blocked, !item.Spec.Blocked); break;
            case 2: Reestimate(item); break;
            case 3: Edit(item, ItemField.Labels, Toggled(item.Spec.Labels, _random.Pick(Wording.Labels))); break;
            case 4: Edit(item, ItemField.Assignee, _random.Chance(0.15) ? null : _random.Pick(_people)); break;
            case 5: Edit(item, ItemField.PlannedFinish, _random.Chance(0.1) ? null : Later(item)); break;
            case 6: Log(item); break;
            case 7: Add(item); break;
            case 8: Link(item); break;
            case 9: Deploy(item); break;
            case 10: Edit(item, ItemField.Title, Wording.Story(_random)); break;
            case 11: Delete(item); break;
            case 12 when !_turned: TurnSprint(); break;
            default: MoveSprint(item); break;
        }
    }

    private void TurnSprint()
    {
        _turned = true;
        new SprintTurn(_tracker, _held, _random).Turn();
    }

    private string Author() => _random.Pick(_people);

    private void Edit(LiveItem item, ItemField field, object? value) => _tracker.ChangeItem(_held.At, Author(), item.Id, [new ItemEdit(field, value)]);

    /// <summary>To the next status, or back to work where it was done.</summary>
    private void Move(LiveItem item)
    {
        var flow = item.Type.Workflow;
        var at = flow.ToList().FindIndex(s => s.Name == item.Spec.Status);
        var next = flow[at].State is TruthState.Done or TruthState.Removed ? item.Type.First(TruthState.InProgress) : flow[at + 1].Name;
        var edits = new List<ItemEdit> { new(ItemField.Status, next) };
        if (IsJira(item)) edits.Add(new(ItemField.Resolution, next == item.Type.First(TruthState.Done) ? _random.Chance(0.1) ? "Won't Do" : "Done" : null));
        _tracker.ChangeItem(_held.At, Author(), item.Id, edits);
    }

    private void Reestimate(LiveItem item)
    {
        if (item.Spec.Points is { } points) Edit(item, ItemField.Points, _random.Chance(0.1) ? null : points + _random.Between(1, 4));
        else if (item.Spec.EstimateHours is not null) Edit(item, ItemField.RemainingHours, _random.Between(0, 30) / 2.0);
        else Edit(item, ItemField.Priority, IsJira(item) ? _random.Pick<string>(["High", "Medium", "Low"]) : _random.Pick<string>(["1", "2", "3"]));
    }

    private void Log(LiveItem item)
    {
        var hours = _random.Between(1, 20) / 4.0;
        if (item.Type.Kind == "Subtask" || IsJira(item)) _tracker.LogWork(_held.At, Author(), item.Id, _held.At.AddHours(-hours), hours);
        else Edit(item, ItemField.Priority, _random.Pick<string>(["1", "2", "3"]));
    }

    /// <summary>A new item beside an existing one: of its project and type, under its parent.</summary>
    private void Add(LiveItem like)
    {
        var author = Author();
        var spec = new ItemSpec(like.Spec.Project, like.Spec.Type, Wording.Story(_random), like.Type.Start())
        {
            Reporter = author,
            Points = like.Spec.Points,
            Parent = like.Spec.Parent is { } parent && _tracker.Live[parent] is { Deleted: false, Hidden: false } ? parent : null,
            Priority = like.Spec.Priority,
            Team = like.Spec.Team,
        };
        if (like.Type.Kind == "Subtask" && spec.Parent is null) return;
        _items.Add(_tracker.Live[_tracker.CreateItem(_held.At, author, spec).Id]);
    }

    private void Link(LiveItem item)
    {
        var existing = _tracker.Live.Links.FirstOrDefault(l => l.FromId == item.Id);
        if (existing is not null)
        {
            _tracker.RemoveLink(_held.At, Author(), existing);
            return;
        }

        var other = _random.Pick(_all);
        var target = _random.Pick(other.Live.Items);
        if (target.Deleted || target.Hidden || target == item || _tracker.Live.Links.Any(l => l.FromId == target.Id && l.ToId == item.Id)) return;
        var link = other == _tracker ? new LinkSpec(item.Id, "relates", target.Id) : new LinkSpec(item.Id, "relates", null, _addresses.AddressOf(other, target));
        _tracker.AddLink(_held.At, Author(), link);
    }

    private void Deploy(LiveItem item)
    {
        var known = _tracker.Live.Deployments;
        if (known.Count == 0)
        {
            Edit(item, ItemField.Labels, Toggled(item.Spec.Labels, "release"));
            return;
        }

        var like = _random.Pick(known);
        _tracker.AddDeployment(like with
        {
            Result = _random.Pick<string>(("succeeded", 0.85), ("failed", 0.15)),
            StartedAt = _held.At.AddSeconds(-_random.Between(20, 50)),
            FinishedAt = _held.At,
            Revision = DeploymentTrain.Revision(_random),
            Attempts = null,
        });
    }

    private void Delete(LiveItem item)
    {
        if (_request.Deletions && item.Children == 0 && !item.IsAnchor) _tracker.DeleteItem(_held.At, Author(), item.Id);
        else Edit(item, ItemField.Priority, IsJira(item) ? "Low" : "4");
    }

    private void MoveSprint(LiveItem item)
    {
        var open = _tracker.Live.Sprints.Where(s => s.Value.Project == item.Spec.Project && SprintTurn.IsOpen(s.Value, _held.At)).Select(s => s.Key).ToList();
        if (open.Count == 0 || item.Type.Kind is "Epic" or "Feature" or "Subtask" || !item.IsOpen) return;
        var sprint = _random.Pick(open);
        IReadOnlyList<string> kept = IsJira(item) ? [.. item.Spec.Sprints.Where(s => !open.Contains(s))] : [];
        Edit(item, ItemField.Sprints, _random.Chance(0.2) ? kept : (IReadOnlyList<string>)[.. kept, sprint]);
    }

    private DateOnly Later(LiveItem item) => (item.Spec.PlannedFinish ?? DateOnly.FromDateTime(_held.At.UtcDateTime)).AddDays(_random.Between(1, 30));

    private static bool IsJira(LiveItem item) => item.Key != item.Id;

    private static IReadOnlyList<string> Toggled(IReadOnlyList<string> list, string entry) => list.Contains(entry) ? [.. list.Where(l => l != entry)] : [.. list, entry];
}
