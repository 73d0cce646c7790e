namespace TsPmo.Sandbox.World;

/// <summary>The one clock of all stand-ins: the given clock shifted by an offset that tests may change.</summary>
public sealed class SandboxClock(TimeProvider inner) : TimeProvider
{
    private readonly AsyncLocal<HeldInstant?> _held = new();
    private TimeSpan _offset;

    /// <summary>How far this clock is from the one it was made from.</summary>
    public TimeSpan Offset
    {
        get => _offset;
        set => _offset = value;
    }

    /// <summary>Makes now the given instant; time goes on from there.</summary>
    public void SetNow(DateTimeOffset now) => _offset = now - inner.GetUtcNow();

    public void Advance(TimeSpan by) => _offset += by;

    /// <summary>
    /// Stops the clock at an instant for the caller's own flow of control only, until disposed. What is written within is stamped
    /// alike on every replay, while others go on seeing time pass.
    /// </summary>
    public HeldInstant Hold(DateTimeOffset at)
    {
        var held = new HeldInstant(this, _held.Value, at);
        _held.Value = held;
        return held;
    }

    public override DateTimeOffset GetUtcNow() => _held.Value?.At ?? inner.GetUtcNow() + _offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);

    /// <summary>An instant at which the clock stands still; moving it is cheap, so a long history can be played under one hold.</summary>
    public sealed class HeldInstant : IDisposable
    {
        private readonly SandboxClock _clock;
        private readonly HeldInstant? _before;

        internal HeldInstant(SandboxClock clock, HeldInstant? before, DateTimeOffset at)
        {
            _clock = clock;
            _before = before;
            At = at;
        }

        public DateTimeOffset At { get; set; }

        public void Dispose() => _clock._held.Value = _before;
    }
}
