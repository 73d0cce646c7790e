using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>The small changes that a backlog sees all the time: another priority, label, title, parent, type, or home.</summary>
internal sealed class SecondThoughts(Stage stage, ItemMaker maker)
{
    public void Have()
    {
        if (stage.IsClosed || stage.Backlog.Any() is not { } item || !item.IsOpen) return;
        switch (stage.Random.Between(0, 8))
        {
            case 0: Edit(item, ItemField.Priority, maker.Priority()); break;
            case 1: Edit(item, ItemField.Labels, (IReadOnlyList<string>)[.. item.Spec.Labels.Append(stage.Random.Pick(Wording.Labels)).Distinct()]); break;
            case 2: Edit(item, ItemField.Title, item.Spec.Title.Split(" (")[0] + $" ({stage.Random.Pick(Wording.Labels)})"); break;
            case 3: Edit(item, ItemField.Assignee, stage.Random.Chance(0.3) ? null : stage.Somebody()); break;
            case 4: Reparent(item); break;
            case 5: Estimate(item); break;
            case 6: Retype(item); break;
            default: Leave(item); break;
        }
    }

    private void Edit(LiveItem item, ItemField field, object? value) => stage.Edit(stage.Owner, item, new ItemEdit(field, value));

    private void Reparent(LiveItem item)
    {
        var parents = stage.Features.Count > 0 ? stage.Features : stage.Epics;
        if (parents.Count > 0 && stage.Random.Pick(parents) is { IsOpen: true } parent) Edit(item, ItemField.Parent, parent.Id);
    }

    private void Estimate(LiveItem item)
    {
        if (item.Type == stage.Types.Story) Edit(item, ItemField.Points, maker.Points());
    }

    /// <summary>A bug turns out to be a wish, or a wish a bug.</summary>
    private void Retype(LiveItem item)
    {
        if (stage.Types.Bug is not { } bug || item.Children > 0) return;
        var type = item.Type == bug ? stage.Types.Story : bug;
        if (item.Type.Kind is "Story" or "Task" or "Bug" && type.Workflow.Any(s => s.Name == item.Spec.Status)) Edit(item, ItemField.Type, type.Name);
    }

    /// <summary>A bug that turns out to be another team's moves to that team's project.</summary>
    private void Leave(LiveItem item)
    {
        if (!stage.IsJira || item.Type.Kind != "Bug" || item.Children > 0 || stage.Neighbour is not { IsClosed: false } other) return;
        if (!stage.Backlog.Remove(item)) return;
        stage.Leaves.Remove(item);
        IReadOnlyList<string> none = [];
        stage.Edit(stage.Owner, item, new(ItemField.Project, other.Setup.Project), new(ItemField.Parent, null), new(ItemField.Versions, none), new(ItemField.Sprints, none));
        other.Leaves.Add(item);
        other.Backlog.Insert(item, urgent: false);
    }
}
