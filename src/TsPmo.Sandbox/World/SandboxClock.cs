namespace TsPmo.Sandbox.World;

/// <summary>The one clock of all stand-ins: the given clock shifted by an offset that tests may change.</summary>
public sealed class SandboxClock(TimeProvider inner) : TimeProvider
{
    private TimeSpan _offset;

    /// <summary>Makes now the given instant; time goes on from there.</summary>
    public void SetNow(DateTimeOffset now) => _offset = now - inner.GetUtcNow();

    public void Advance(TimeSpan by) => _offset += by;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + _offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
