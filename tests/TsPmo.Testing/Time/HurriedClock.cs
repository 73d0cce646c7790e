namespace TsPmo.Testing.Time;

/// <summary>The machine's time with timers that hardly wait, so that retries and back-offs take their course without costing theirs.</summary>
public sealed class HurriedClock : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > Longest && dueTime < TimeSpan.FromSeconds(90) ? Longest : dueTime, period);
}
