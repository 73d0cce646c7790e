using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>The life of an item from the moment somebody starts it: through the workflow, with hours, impediments, second thoughts and reopenings.</summary>
internal sealed class ItemLife(Stage stage)
{
    private const double ReopenRate = 0.04, BlockRate = 0.07, ReestimateRate = 0.08, LogRate = 0.45;

    /// <summary>Starts an item; <paramref name="freed"/> is called when whoever works on it is free again.</summary>
    public void Start(LiveItem item, string who, Action freed)
    {
        var (begin, steps) = (stage.Director.Now, item.Type.All(TruthState.InProgress));
        var days = Duration(item);
        stage.Board.Doing.Add(item);
        stage.Move(who, item, steps[0], new ItemEdit(ItemField.Assignee, who));
        StartParents(item, who);
        for (var step = 1; step < steps.Count; step++)
        {
            var status = steps[step];
            Later(begin, days * (0.6 + (0.15 * step)), item, () => stage.Move(who, item, status));
        }

        days += Blocked(item, who, begin, days);
        Reestimated(item, begin, days);
        Hours(item, who, begin, days);
        Subtasks(item, who, begin, days);
        stage.Director.At(stage.Calendar.AfterWork(begin, days), () =>
        {
            Finish(item, who);
            freed();
        });
    }

    public void Finish(LiveItem item, string who)
    {
        stage.Board.Doing.Remove(item);
        if (!item.IsOpen) return;
        foreach (var child in stage.ChildrenOf(item)) FinishChild(child, who);
        stage.Move(who, item, item.Type.First(TruthState.Done));
        FinishParents(item);
        if (stage.Random.Chance(ReopenRate)) stage.Director.At(stage.Calendar.AfterWork(stage.Director.Now, stage.Random.Between(2.0, 12)), () => Reopen(item, who));
    }

    private void FinishChild(LiveItem child, string who)
    {
        if (child.IsOpen) stage.Move(who, child, child.Type.First(TruthState.Done));
    }

    private void Reopen(LiveItem item, string who)
    {
        if (stage.IsClosed || item.State != TruthState.Done || item.Deleted) return;
        var edits = new List<ItemEdit>();
        if (stage.Board.Current is { } sprint && item.Spec.Project == stage.Setup.Project) edits.Add(new(ItemField.Sprints, stage.IsJira ? item.Spec.Sprints.Append(sprint).Distinct().ToList() : [sprint]));
        stage.Move(stage.Somebody(), item, item.Type.First(TruthState.InProgress), edits);
        stage.Board.Doing.Add(item);
        stage.Director.At(stage.Calendar.AfterWork(stage.Director.Now, stage.Random.Between(0.4, 3)), () => Finish(item, who));
    }

    private double Duration(LiveItem item)
    {
        var size = item.Type.Kind switch
        {
            "Bug" => 0.5,
            "Incident" => 0.2,
            _ => Math.Pow((item.Spec.Points ?? 4) / 4, 0.6),
        };
        return Math.Max(0.15, size * stage.Sizes.StoryDays * stage.Random.Between(0.5, 1.5));
    }

    private double Blocked(LiveItem item, string who, DateTimeOffset begin, double days)
    {
        if (!stage.Random.Chance(BlockRate)) return 0;
        var (from, length) = (days * stage.Random.Between(0.2, 0.6), stage.Random.Between(0.5, 4));
        Later(begin, from, item, () => stage.Edit(who, item, new ItemEdit(ItemField.Blocked, true)));
        Later(begin, from + length, item, () => stage.Edit(stage.Owner, item, new ItemEdit(ItemField.Blocked, false)));
        return length;
    }

    private void Reestimated(LiveItem item, DateTimeOffset begin, double days)
    {
        if (!stage.Random.Chance(ReestimateRate)) return;
        foreach (var child in stage.ChildrenOf(item).Where(c => c.Spec.EstimateHours is not null)) Later(begin, days * 0.3, item, () => Reestimate(child));
        if (item.Spec.Points is not { } points) return;
        var better = points < 5 ? points + stage.Random.Between(1, 4) : points - 2;
        Later(begin, days * 0.4, item, () => stage.Edit(stage.Owner, item, new ItemEdit(ItemField.Points, better)));
    }

    private void Reestimate(LiveItem child)
    {
        if (!child.IsOpen || child.Spec.EstimateHours is not { } hours) return;
        var more = stage.Random.Between(1, 9) / 2.0;
        stage.Edit(stage.Owner, child, new(ItemField.EstimateHours, hours + more), new(ItemField.RemainingHours, (child.Spec.RemainingHours ?? hours) + more));
    }

    private void Hours(LiveItem item, string who, DateTimeOffset begin, double days)
    {
        var children = stage.ChildrenOf(item);
        for (var day = 0.4; day < days; day += 1)
        {
            if (!stage.Random.Chance(LogRate)) continue;
            var worked = children.Count > 0 ? stage.Random.Pick(children) : item;
            if (!stage.IsJira && worked.Type.Kind != "Subtask") continue;
            var hours = stage.Random.Between(2, 28) / 4.0;
            Later(begin, day, item, () => Log(worked, who, hours));
        }
    }

    private void Log(LiveItem worked, string who, double hours)
    {
        if (worked.Deleted) return;
        var at = stage.Director.Stamp();
        stage.Tracker.LogWork(at, who, worked.Id, at.AddHours(-hours), hours);
    }

    private void Subtasks(LiveItem item, string who, DateTimeOffset begin, double days)
    {
        var children = stage.ChildrenOf(item);
        for (var index = 0; index < children.Count; index++)
        {
            var (child, from, to) = (children[index], days * index / children.Count, days * (index + 0.8) / children.Count);
            var doer = stage.Random.Chance(0.7) ? who : stage.Somebody();
            stage.Director.At(stage.Calendar.AfterWork(begin, from), () =>
            {
                if (!child.Deleted && child.State == TruthState.ToDo) stage.Move(doer, child, child.Type.First(TruthState.InProgress), new ItemEdit(ItemField.Assignee, doer));
            });
            stage.Director.At(stage.Calendar.AfterWork(begin, to), () => FinishChild(child, doer));
        }
    }

    private void StartParents(LiveItem item, string who)
    {
        for (var parent = ParentOf(item); parent is not null && !parent.Deleted && parent.State == TruthState.ToDo; parent = ParentOf(parent))
            stage.Move(who, parent, parent.Type.First(TruthState.InProgress));
    }

    private void FinishParents(LiveItem item)
    {
        if (ParentOf(item) is not { } parent || parent == stage.Anchor || !parent.IsOpen || stage.ChildrenOf(parent).Any(c => c.IsOpen) || !stage.Random.Chance(0.5)) return;
        stage.Move(stage.Owner, parent, parent.Type.First(TruthState.Done));
        FinishParents(parent);
    }

    private LiveItem? ParentOf(LiveItem item) => item.Spec.Parent is { } parent ? stage.Tracker.Live[parent] : null;

    private void Later(DateTimeOffset begin, double days, LiveItem item, Action act) => stage.Director.At(stage.Calendar.AfterWork(begin, days), () =>
    {
        if (!item.Deleted && item.State == TruthState.InProgress) act();
    });
}
