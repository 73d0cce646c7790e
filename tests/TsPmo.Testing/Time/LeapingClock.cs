namespace TsPmo.Testing.Time;

/// <summary>
/// The machine's time, except that whoever waits for less than <see cref="Patience"/> finds the wait over at once and the clock moved on by it: waits asked for
/// by servers take their course without costing theirs. Longer timers (limits of requests) run in real time.
/// </summary>
public sealed class LeapingClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private long _leapt;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _leapt));

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Interlocked.Read(ref _leapt) * ((double)TimestampFrequency / TimeSpan.TicksPerSecond));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime >= Patience)
            return base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Add(ref _leapt, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
