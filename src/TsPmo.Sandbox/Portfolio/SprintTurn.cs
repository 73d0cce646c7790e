using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>A sprint closing and the next one opening, outside the beat of the generated year.</summary>
internal sealed class SprintTurn(RecordedTracker tracker, SandboxClock.HeldInstant held, RandomSequence random)
{
    /// <summary>Whether items may still be put into a sprint.</summary>
    public static bool IsOpen(SprintSpec sprint, DateTimeOffset now) => sprint.Activated is not null || sprint.State != "future" ? sprint.State != "closed" : sprint.End is not { } end || end >= now;

    public void Turn()
    {
        var active = tracker.Live.Sprints.Where(s => s.Value.State == "active").ToList();
        if (active.Count == 0) return;
        var (id, spec) = random.Pick(active);
        var next = Next(spec);
        tracker.ChangeSprint(id, spec with { State = "closed", Completed = held.At });
        var author = random.Pick(tracker.Live.People.Keys.ToList());
        foreach (var item in tracker.Live.Items.Where(i => i is { IsOpen: true, Hidden: false } && i.Spec.Sprints.Contains(id)).ToList())
        {
            held.At = held.At.AddMilliseconds(1);
            tracker.ChangeItem(held.At, author, item.Id, [new ItemEdit(ItemField.Sprints, (IReadOnlyList<string>)[.. item.Spec.Sprints.Append(next.Id).Distinct()])]);
        }

        held.At = held.At.AddMilliseconds(1);
        tracker.ChangeSprint(next.Id, next.Spec with { State = "active", Activated = held.At });
    }

    private (string Id, SprintSpec Spec) Next(SprintSpec closing)
    {
        foreach (var (id, spec) in tracker.Live.Sprints)
            if (spec.Project == closing.Project && spec.State == "future") return (id, spec);
        var start = closing.End ?? held.At;
        var added = new SprintSpec(closing.Project, closing.Name + "+", null, "future", start.AddDays(3), start.AddDays(14));
        return (tracker.AddSprint(added), added);
    }
}
