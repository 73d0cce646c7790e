using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Sprints;

/// <summary>
/// Follows one item through one sprint, from just before its start to its last instant. What changes at one instant changes at once, and what happens at the
/// start itself happens in the sprint. An item takes part from when it is in the sprint and open: one that comes in done is in none of the figures until it is reopened.
/// </summary>
internal sealed class SprintWalk(ScopedItem item, string sprint, SprintSpan span, Func<DateTimeOffset, decimal> weight)
{
    private enum Standing
    {
        Outside,
        Open,
        Done,
    }

    private Standing _standing;
    private SprintSums _sums;
    private decimal? _committed;
    private decimal _estimate;
    private bool _tookPart;

    /// <summary>The item's part; null where it took none.</summary>
    public SprintSums? Run()
    {
        if (IsOpenIn(span.BeforeStart))
            Commit(weight(span.BeforeStart));
        foreach (var at in Instants())
            Step(at);
        return _tookPart ? Close() : null;
    }

    private void Commit(decimal estimate)
    {
        (_standing, _estimate, _committed, _tookPart) = (Standing.Open, estimate, estimate, true);
        _sums = _sums with { Committed = estimate };
    }

    private void Step(DateTimeOffset at)
    {
        if (_standing == Standing.Done)
            AfterDone(at);
        else if (_standing == Standing.Open)
            WhileOpen(at);
        else if (IsOpenIn(at))
            Add(weight(at));
    }

    private void Add(decimal estimate)
    {
        (_standing, _estimate, _tookPart) = (Standing.Open, estimate, true);
        _sums = _sums with { Added = _sums.Added + estimate };
    }

    private void WhileOpen(DateTimeOffset at)
    {
        Reestimate(weight(at));
        if (!IsMember(at) || !IsAlive(at))
            Remove();
        else if (item.Item.State.At(at) == State.Done)
            _standing = Standing.Done;
    }

    /// <summary>Edits of what is done do not count, and taking it out of the sprint does not undo it; reopening it does.</summary>
    private void AfterDone(DateTimeOffset at)
    {
        if (IsAlive(at) && item.Item.State.At(at) == State.Done)
            return;
        if (!IsOpenIn(at))
        {
            Remove();
            return;
        }

        Reestimate(weight(at));
        _standing = Standing.Open;
    }

    private void Reestimate(decimal estimate)
    {
        _sums = _sums with { Reestimated = _sums.Reestimated + estimate - _estimate };
        _estimate = estimate;
    }

    private void Remove()
    {
        _sums = _sums with { Removed = _sums.Removed + _estimate };
        _standing = Standing.Outside;
    }

    private SprintSums Close() => _standing switch
    {
        Standing.Done => _sums with { Completed = _estimate, CommittedCompleted = _committed ?? 0 },
        Standing.Open => _sums with { Remaining = _estimate, CommittedCarried = _committed ?? 0 },
        _ => _sums,
    };

    private bool IsOpenIn(DateTimeOffset at) => IsMember(at) && IsAlive(at) && item.Item.State.At(at) != State.Done;

    private bool IsMember(DateTimeOffset at) => item.InScope.At(at) && item.Item.Sprints.At(at).Contains(sprint);

    private bool IsAlive(DateTimeOffset at) => item.Item.ExistsAt(at) && item.Item.State.At(at) != State.Removed;

    private IEnumerable<DateTimeOffset> Instants()
    {
        var instants = new SortedSet<DateTimeOffset> { item.Item.Created };
        Take(item.Item.State);
        Take(item.Item.Sprints);
        Take(item.Item.Points);
        Take(item.Item.Deleted);
        Take(item.InScope);
        return instants.Where(at => at >= span.Start && at <= span.Last);

        void Take<T>(Track<T> track)
        {
            foreach (var entry in track.UpTo(span.Last))
            {
                if (entry.At >= span.Start)
                    instants.Add(entry.At);
            }
        }
    }
}
