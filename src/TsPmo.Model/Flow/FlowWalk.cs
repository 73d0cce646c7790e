using TsPmo.Model.Calendar;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Flow;

/// <summary>Walks an item's states once and writes down each step of its start and finish.</summary>
internal sealed class FlowWalk(ItemHistory item, WorkingCalendar calendar)
{
    private readonly List<FlowStep> _steps = [];
    private FlowPoint? _start;
    private FlowPoint? _finish;

    /// <summary>When a start is forgotten because the item has been back in ToDo for more than one working day; null: it is not in ToDo, or has no start.</summary>
    private DateTimeOffset? _forgotten;

    public IReadOnlyList<FlowStep> Steps()
    {
        var state = item.State.Initial;
        Enter(state, item.Created);
        foreach (var (at, to) in Changes())
        {
            if (to == state)
                continue;
            Forget(state, at);
            Enter(state = to, at);
        }

        Forget(state, DateTimeOffset.MaxValue);
        return _steps;
    }

    /// <summary>The state after each instant. What is told to have happened before the creation happened with it.</summary>
    private IEnumerable<(DateTimeOffset At, State To)> Changes()
    {
        var entries = item.State.Entries;
        for (var i = 0; i < entries.Count; i++)
        {
            var at = Max(entries[i].At, item.Created);
            if (i + 1 == entries.Count || Max(entries[i + 1].At, item.Created) > at)
                yield return (at, entries[i].To);
        }
    }

    private void Forget(State state, DateTimeOffset until)
    {
        if (_forgotten is not { } at || at > until)
            return;
        (_start, _forgotten) = (null, null);
        _steps.Add(new(at, Counts: false, state, _start, _finish));
    }

    private void Enter(State state, DateTimeOffset at)
    {
        _finish = state == State.Done ? Point(at) : null;
        if (state == State.InProgress)
            _start ??= Point(at);
        _forgotten = state == State.ToDo && _start is not null ? SecondWorkingDayAfter(at) : null;
        if (_steps.Count > 0 && _steps[^1].At == at)
            _steps.RemoveAt(_steps.Count - 1);
        _steps.Add(new(at, Counts: false, state, _start, _finish));
    }

    private DateTimeOffset SecondWorkingDayAfter(DateTimeOffset at)
    {
        var first = calendar.OnOrAfter(calendar.DayOf(at).AddDays(1));
        return calendar.StartOf(calendar.OnOrAfter(first.AddDays(1)));
    }

    private FlowPoint Point(DateTimeOffset at) => new(at, calendar.DayOf(at));

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
