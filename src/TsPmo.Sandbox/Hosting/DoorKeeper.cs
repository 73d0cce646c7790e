using TsPmo.Sandbox.Control;
using TsPmo.Sandbox.Journal;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Hosting;

/// <summary>What all doors of one sandbox share.</summary>
internal sealed class DoorKeeper(TimeProvider realTime, SandboxClock clock, TruthLog truth, SandboxJournal journal) : IDisposable
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeProvider RealTime => realTime;

    public SandboxClock Clock => clock;

    public TruthLog Truth => truth;

    public SandboxJournal Journal => journal;

    public FaultBook Faults { get; } = new();

    public RequestLog Requests { get; } = new();

    public NotificationLog Notifications { get; } = new();

    public ReadWriteGate Gate { get; } = new();

    /// <summary>Is told of every answer that a tracker gave; null: nobody listens.</summary>
    public Action<SandboxExchange>? Observer { get; set; }

    /// <summary>Completes when the portfolio is complete; requests that come earlier wait.</summary>
    public Task Ready => _ready.Task;

    public void OpenAll() => _ready.TrySetResult();

    public DateTimeOffset NowInMilliseconds()
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    public void Dispose()
    {
        Gate.Dispose();
        journal.Dispose();
        truth.Dispose();
    }
}
