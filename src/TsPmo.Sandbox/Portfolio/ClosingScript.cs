using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>The last week of a project: what is open is finished or dropped, then nothing more happens.</summary>
internal sealed class ClosingScript(Stage stage, ItemLife life)
{
    private const int Days = 6;

    public void Begin()
    {
        stage.Director.At(stage.Calendar.At(stage.LastDay.AddDays(-Days), 9), Spread);
        stage.Director.At(stage.Calendar.At(stage.LastDay, 16), End);
    }

    private void Spread()
    {
        stage.IsClosed = true;
        foreach (var item in stage.Leaves.Where(i => i.IsOpen))
        {
            var day = stage.LastDay.AddDays(-stage.Random.Between(1, Days));
            while (!WorkCalendar.IsWorkday(day)) day = day.AddDays(-1);
            stage.Director.At(stage.Calendar.During(day, stage.Random), () => Settle(item));
        }
    }

    private void Settle(LiveItem item)
    {
        if (item.Deleted || !item.IsOpen) return;
        if (item.State == TruthState.ToDo && stage.Random.Chance(0.3))
        {
            foreach (var child in stage.ChildrenOf(item).Where(c => c.IsOpen)) stage.Drop(stage.Owner, child);
            stage.Drop(stage.Owner, item);
            return;
        }

        if (item.State == TruthState.ToDo) stage.Move(stage.Owner, item, item.Type.First(TruthState.InProgress));
        life.Finish(item, item.Spec.Assignee ?? stage.Owner);
    }

    private void End()
    {
        foreach (var item in stage.Leaves.Where(i => i.IsOpen).ToList()) Settle(item);
        foreach (var item in stage.Risks.Concat(stage.Features).Concat(stage.Epics).Append(stage.Anchor).OfType<LiveItem>().Where(i => i.IsOpen))
            stage.Move(stage.Owner, item, item.Type.First(TruthState.Done));
    }
}
