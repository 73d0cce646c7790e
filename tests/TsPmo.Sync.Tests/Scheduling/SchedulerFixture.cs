using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TsPmo.Engine.Scheduling;
using TsPmo.Testing.Time;

namespace TsPmo.Sync.Tests.Scheduling;

/// <summary>A host that does nothing but keep a timetable, on a clock of the test's and a scheduler's file of its own.</summary>
internal sealed class SchedulerFixture : IAsyncDisposable
{
    private readonly IHost _host;

    private SchedulerFixture(IHost host) => _host = host;

    public static async Task<SchedulerFixture> StartAsync(string folder, FakeClock clock, ITimetableSource timetable, IScheduledWork work)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(timetable);
        builder.Services.AddSingleton(work);
        builder.Services.AddScheduling(SqliteFactory.Instance, Path.Combine(folder, "quartz.db"), clock);
        var host = builder.Build();
        await host.StartAsync();
        return new SchedulerFixture(host);
    }

    /// <summary>Lets the clock run, in steps that leave the scheduler the real moments it needs.</summary>
    public static async Task PassAsync(FakeClock clock, TimeSpan time, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            clock.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System);
        }
    }

    /// <summary>Waits for what another thread will do, stepping the clock by nothing but a little.</summary>
    public static async Task UntilAsync(FakeClock clock, Func<bool> holds)
    {
        for (var i = 0; i < 1000 && !holds(); i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        holds().ShouldBeTrue();
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        SqliteConnection.ClearAllPools();
    }
}

/// <summary>A timetable that a test can change.</summary>
internal sealed class TestTimetable(params TimetableEntry[] entries) : ITimetableSource
{
    public Timetable Timetable { get; private set; } = new(TimeZoneInfo.Utc, entries);

    public event EventHandler? Changed;

    public void Become(params TimetableEntry[] entries)
    {
        Timetable = new(TimeZoneInfo.Utc, entries);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}

/// <summary>Work that notes when it is done, and can be held up.</summary>
internal sealed class NotedWork(TimeProvider clock) : IScheduledWork
{
    private int _running;

    public ConcurrentQueue<(WorkKind Kind, string? Connector, DateTimeOffset At)> Runs { get; } = new();

    public TaskCompletionSource? Gate { get; set; }

    public int MostAtOnce { get; private set; }

    public bool WasInterrupted { get; private set; }

    public async Task<WorkOutcome> RunAsync(WorkKind kind, string? connector, CancellationToken cancellationToken)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
        Runs.Enqueue((kind, connector, clock.GetUtcNow()));
        try
        {
            if (Gate is { } gate)
                await gate.Task.WaitAsync(cancellationToken);
            return new(WorkResult.Done, "Done.");
        }
        catch (OperationCanceledException)
        {
            WasInterrupted = true;
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
