namespace TsPmo.Testing.Time;

/// <summary>A clock that stands still until it is told to move; timers fire on the way, in their order.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = start;

    public FakeClock()
        : this(new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        lock (_gate)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time forward and fires what falls due.</summary>
    public void Advance(TimeSpan time)
    {
        var end = GetUtcNow() + time;
        while (NextDue(end) is { } timer)
            timer.Fire();
        lock (_gate)
            _now = end;
    }

    /// <summary>
    /// Lets time pass only where the work waits for it: jumps to the next timer due within the horizon, again and again until the work is done.
    /// Timers further away (time limits of requests) are left alone.
    /// </summary>
    public async Task<T> RunAsync<T>(Task<T> work, TimeSpan horizon)
    {
        using var heartbeat = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!work.IsCompleted && await heartbeat.WaitForNextTickAsync())
        {
            if (NextDue(GetUtcNow() + horizon) is { } timer)
                timer.Fire();
        }

        return await work;
    }

    private FakeTimer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next?.Due is { } due && due > _now)
                _now = due;
            return next;
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                _period = period;
            }

            return true;
        }

        public void Fire()
        {
            lock (clock._gate)
                Due = _period > TimeSpan.Zero ? clock._now + _period : null;
            callback(state);
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                Due = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
