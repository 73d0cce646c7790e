using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>Lets a history happen: everything anybody intends to do waits in one queue and is done in the order of its instants.</summary>
internal sealed class Director(SandboxClock.HeldInstant held, DateTimeOffset end)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _plans = new();
    private long _order;

    /// <summary>The instant of what happens at present; whole milliseconds, never the same for two acts.</summary>
    public DateTimeOffset Now { get; private set; } = held.At;

    /// <summary>The history ends before this instant; what is planned later never happens.</summary>
    public DateTimeOffset End => end;

    public void At(DateTimeOffset at, Action plan)
    {
        if (at < end) _plans.Enqueue(plan, (at < Now ? Now : at, _order++));
    }

    /// <summary>Starts over at an earlier instant; only before anything has happened.</summary>
    public void Open(DateTimeOffset at) => MoveTo(at);

    public void Run()
    {
        while (_plans.TryDequeue(out var plan, out var when))
        {
            if (when.At > Now) MoveTo(when.At);
            if (Now >= end) return;
            plan();
        }
    }

    /// <summary>The instant for one act; the next act is at least a millisecond later.</summary>
    public DateTimeOffset Stamp()
    {
        var at = Now;
        MoveTo(at.AddMilliseconds(1));
        return at;
    }

    private void MoveTo(DateTimeOffset at)
    {
        Now = at;
        held.At = at;
    }
}
