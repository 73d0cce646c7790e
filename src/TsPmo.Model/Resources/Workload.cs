using TsPmo.Model.History;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Model.Resources;

/// <summary>What was to be done on one item from one change of it to the next.</summary>
/// <param name="From">Since when, inclusive.</param>
/// <param name="To">Until when, exclusive.</param>
/// <param name="Item">The item.</param>
/// <param name="Person">Who is to do it; null: nobody yet.</param>
/// <param name="Hours">Hours that remain; null where none are told.</param>
/// <param name="First">First planned day; null where none is told.</param>
/// <param name="Last">Last planned day; null where none is told.</param>
internal sealed record Stretch(DateTimeOffset From, DateTimeOffset To, ItemHistory Item, string? Person, decimal? Hours, DateOnly? First, DateOnly? Last);

/// <summary>
/// Everything that was ever open in a project, cut where it changed. An item whose parts carry hours is no work of its own from then on, since its parts are.
/// </summary>
internal sealed class Workload
{
    private readonly ProjectHistory _history;
    private readonly Dictionary<SourceId, DateTimeOffset> _brokenDown;

    public Workload(ProjectHistory history)
    {
        _history = history;
        _brokenDown = BrokenDown(history);
        var (stretches, cuts) = (new List<Stretch>(), new Cuts());
        foreach (var item in history.Items)
            Cut(item, cuts, stretches);
        Stretches = stretches;
    }

    /// <summary>In order of the items, then of time.</summary>
    public IReadOnlyList<Stretch> Stretches { get; }

    /// <summary>Since when parts of an item carry hours, by item.</summary>
    private static Dictionary<SourceId, DateTimeOffset> BrokenDown(ProjectHistory history)
    {
        var since = new Dictionary<SourceId, DateTimeOffset>();
        foreach (var (item, inScope) in history.Items.Select(i => (i.Item, i.InScope)))
        {
            foreach (var at in item.Parent.Instants().Concat(item.EstimateHours.Instants()).Concat(item.RemainingHours.Instants()).Concat(inScope.Instants()).Append(item.Created))
            {
                if (item.Parent.At(at) is not { } id || !inScope.At(at) || HoursAt(item, at) is null)
                    continue;
                var parent = new SourceId(item.Id.Connector, id);
                if (!since.TryGetValue(parent, out var first) || at < first)
                    since[parent] = at;
            }
        }

        return since;
    }

    private void Cut(ScopedItem scoped, Cuts cuts, List<Stretch> into)
    {
        var end = _brokenDown.GetValueOrDefault(scoped.Item.Id, DateTimeOffset.MaxValue);
        var all = Changes(scoped, cuts).InOrder();
        for (var i = 0; i < all.Length && all[i] < end; i++)
        {
            if (!IsOpen(scoped, all[i]))
                continue;
            var next = i + 1 < all.Length && all[i + 1] < end ? all[i + 1] : end;
            into.Add(At(scoped.Item, all[i], next));
        }
    }

    private static Cuts Changes(ScopedItem scoped, Cuts cuts)
    {
        var item = scoped.Item;
        return cuts.From(item.Created).Add(scoped.InScope).Add(item.Deleted).Add(item.State).Add(item.Kind).Add(item.Assignee).Add(item.RemainingHours)
            .Add(item.EstimateHours).Add(item.Sprints).Add(item.Milestones).Add(item.PlannedStart).Add(item.PlannedFinish);
    }

    private static bool IsOpen(ScopedItem scoped, DateTimeOffset at) =>
        scoped.IsOpenAt(at) && scoped.Item.Kind.At(at) is not (WorkItemKind.Epic or WorkItemKind.Risk);

    private Stretch At(ItemHistory item, DateTimeOffset at, DateTimeOffset next)
    {
        var (first, last) = Window(item, at);
        return new(at, next, item, _history.People.IdOf(item.Id.Connector, item.Assignee.At(at)), HoursAt(item, at), first, last);
    }

    /// <summary>What remains; before anything is said of that, what was estimated.</summary>
    private static decimal? HoursAt(ItemHistory item, DateTimeOffset at) => (item.RemainingHours.At(at) ?? item.EstimateHours.At(at)) is >= 0 and var hours ? hours : null;

    /// <summary>The last of the sprints it is in; else its own dates; else the first promised date.</summary>
    private (DateOnly? First, DateOnly? Last) Window(ItemHistory item, DateTimeOffset at)
    {
        var sprint = item.Sprints.At(at).Select(id => _history.Sprints.GetValueOrDefault(new SourceId(item.Id.Connector, id))).OfType<Sprint>()
            .Where(s => s.End is not null).OrderBy(s => s.End).ThenBy(s => s.Id).LastOrDefault();
        if (sprint is not null)
            return (sprint.FirstDay(_history.Calendar), sprint.LastDay(_history.Calendar));
        var promised = item.Milestones.At(at).Min(id => _history.Milestones.GetValueOrDefault(new SourceId(item.Id.Connector, id))?.Date);
        return (item.PlannedStart.At(at), item.PlannedFinish.At(at) ?? promised);
    }
}
