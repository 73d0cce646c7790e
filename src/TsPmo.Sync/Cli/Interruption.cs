using System.Runtime.InteropServices;

namespace TsPmo.Sync.Cli;

/// <summary>
/// Turns Ctrl-C and the service's stop signal into cancellation. What does not stop in time is ended: a terminal waits 5 seconds, a service 10.
/// A second Ctrl-C ends at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan TerminalGrace = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan ServiceGrace = TimeSpan.FromSeconds(9.5);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly TimeProvider _clock;
    private ITimer? _deadline;

    public Interruption(TimeProvider clock)
    {
        _clock = clock;
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the stop was a service's orderly one.</summary>
    public bool IsOrderly { get; private set; }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _deadline?.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
            Environment.Exit(ExitCode.Interrupted);
        IsOrderly = context.Signal == PosixSignal.SIGTERM;
        _deadline = _clock.CreateTimer(_ => Environment.Exit(ExitCode.Interrupted), null, IsOrderly ? ServiceGrace : TerminalGrace, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
