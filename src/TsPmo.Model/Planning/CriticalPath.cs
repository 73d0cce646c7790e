namespace TsPmo.Model.Planning;

/// <summary>A piece of work in a network of dependencies.</summary>
/// <param name="Id">What it is.</param>
/// <param name="Duration">How long it takes.</param>
/// <param name="Predecessors">What must be finished before it begins; those that are not in the network do not bind it.</param>
public sealed record Activity<TId>(TId Id, decimal Duration, IReadOnlyList<TId> Predecessors)
    where TId : notnull;

/// <summary>When a piece of work can and must be done, in the unit of the durations, counted from 0.</summary>
/// <param name="EarliestStart">Earliest start.</param>
/// <param name="EarliestFinish">Earliest finish.</param>
/// <param name="LatestStart">Latest start that does not delay the end.</param>
/// <param name="LatestFinish">Latest finish that does not delay the end.</param>
public readonly record struct ActivityTimes(decimal EarliestStart, decimal EarliestFinish, decimal LatestStart, decimal LatestFinish)
{
    /// <summary>Total float: by how much it can slip before the end does; negative where the end cannot be kept any more.</summary>
    public decimal Float => LatestStart - EarliestStart;
}

/// <summary>
/// The critical path method: earliest times by a pass forward, latest times by a pass backward from the end. Work in a cycle has no order: it is named,
/// and the dependencies among its members are left out.
/// </summary>
public sealed class CriticalPath<TId>
    where TId : notnull
{
    private readonly Dictionary<TId, Activity<TId>> _activities;
    private readonly Dictionary<TId, ActivityTimes> _times = [];
    private readonly ILookup<TId, TId> _before;
    private readonly ILookup<TId, TId> _after;

    /// <summary>The times of a network.</summary>
    /// <param name="activities">Its activities, each id once.</param>
    /// <param name="end">When all must be finished; null: as early as they can be.</param>
    public CriticalPath(IReadOnlyList<Activity<TId>> activities, decimal? end = null)
    {
        _activities = activities.ToDictionary(a => a.Id);
        var pairs = activities.SelectMany(a => a.Predecessors.Distinct().Where(_activities.ContainsKey).Select(before => (Before: before, After: a.Id))).ToList();
        var cyclic = Cycles(pairs);
        Cyclic = [.. _activities.Keys.Where(cyclic.Contains)];
        pairs.RemoveAll(p => cyclic.Contains(p.Before) && cyclic.Contains(p.After));
        (_before, _after) = (pairs.ToLookup(p => p.After, p => p.Before), pairs.ToLookup(p => p.Before, p => p.After));
        var order = Sorted(_before, _after);
        var earliest = Forward(order);
        Duration = earliest.Count == 0 ? 0 : earliest.Values.Max(e => e.Finish);
        Backward(order, earliest, end ?? Duration);
        Path = Longest(earliest);
    }

    /// <summary>How long the whole takes.</summary>
    public decimal Duration { get; }

    /// <summary>The chain that determines it, first to last.</summary>
    public IReadOnlyList<TId> Path { get; }

    /// <summary>Activities that wait for each other in a circle, in the order given.</summary>
    public IReadOnlyList<TId> Cyclic { get; }

    /// <summary>The times of one activity.</summary>
    public ActivityTimes this[TId id] => _times[id];

    /// <summary>What can be put in order neither from the front nor from the back.</summary>
    private HashSet<TId> Cycles(List<(TId Before, TId After)> pairs)
    {
        var (before, after) = (pairs.ToLookup(p => p.After, p => p.Before), pairs.ToLookup(p => p.Before, p => p.After));
        return [.. _activities.Keys.Except(Sorted(before, after)).Except(Sorted(after, before))];
    }

    private List<TId> Sorted(ILookup<TId, TId> before, ILookup<TId, TId> after)
    {
        var waiting = _activities.Keys.ToDictionary(id => id, id => before[id].Count());
        var ready = new Queue<TId>(_activities.Keys.Where(id => waiting[id] == 0));
        var sorted = new List<TId>();
        while (ready.TryDequeue(out var next))
        {
            sorted.Add(next);
            foreach (var follower in after[next])
            {
                if (--waiting[follower] == 0)
                    ready.Enqueue(follower);
            }
        }

        return sorted;
    }

    private Dictionary<TId, (decimal Start, decimal Finish)> Forward(List<TId> order)
    {
        var earliest = new Dictionary<TId, (decimal Start, decimal Finish)>();
        foreach (var id in order)
        {
            var start = _before[id].Select(b => earliest[b].Finish).DefaultIfEmpty(0).Max();
            earliest[id] = (start, start + _activities[id].Duration);
        }

        return earliest;
    }

    private void Backward(List<TId> order, Dictionary<TId, (decimal Start, decimal Finish)> earliest, decimal end)
    {
        foreach (var id in Enumerable.Reverse(order))
        {
            var finish = _after[id].Select(a => _times[a].LatestStart).DefaultIfEmpty(end).Min();
            _times[id] = new(earliest[id].Start, earliest[id].Finish, finish - _activities[id].Duration, finish);
        }
    }

    private List<TId> Longest(Dictionary<TId, (decimal Start, decimal Finish)> earliest)
    {
        var path = new List<TId>();
        for (var next = _activities.Keys.Where(id => earliest[id].Finish == Duration).Take(1).ToList(); next.Count > 0;)
        {
            path.Insert(0, next[0]);
            next = [.. _before[next[0]].Where(b => earliest[b].Finish == earliest[next[0]].Start).Take(1)];
        }

        return path;
    }
}
