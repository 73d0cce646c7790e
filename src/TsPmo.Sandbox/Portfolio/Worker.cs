using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>A member of a team who takes one item after the other: from the sprint where there is one, else from the backlog.</summary>
internal sealed class Worker(Stage stage, ItemLife life, string account)
{
    public void Begin() => stage.Director.At(stage.Calendar.At(stage.FirstSprint, stage.Random.Between(9.5, 12)), Pull);

    private void Pull()
    {
        if (stage.IsClosed) return;
        if (!WorkCalendar.IsWorkday(stage.Day) || Next() is not { } item)
        {
            stage.Director.At(stage.Calendar.NextMorning(stage.Director.Now, stage.Random), Pull);
            return;
        }

        life.Start(item, account, Pull);
    }

    private LiveItem? Next()
    {
        if (stage.Project.Methodology is "Kanban" or "Waterfall") return Allowed();
        var waiting = stage.Board.Waiting.Find(i => i.IsOpen);
        if (waiting is not null)
        {
            stage.Board.Waiting.Remove(waiting);
            return waiting;
        }

        return stage.Board.Current is { } sprint && stage.Random.Chance(0.5) ? PullIn(sprint) : null;
    }

    /// <summary>A sprint that runs dry takes more from the backlog: a change of its scope.</summary>
    private LiveItem? PullIn(string sprint)
    {
        if (Allowed() is not { } item) return null;
        stage.Edit(account, item, new ItemEdit(ItemField.Sprints, stage.IsJira ? item.Spec.Sprints.Append(sprint).Distinct().ToList() : [sprint]));
        return item;
    }

    private LiveItem? Allowed()
    {
        var latest = stage.Day.AddDays(3);
        return stage.Backlog.Take(i => i.IsOpen && (i.Spec.PlannedStart is not { } start || start <= latest || stage.Project.Methodology != "Waterfall"));
    }
}
