using TsPmo.Sandbox;

namespace TsPmo.Plugins.Tests.Sandbox;

/// <summary>A clock that stands still, so that two runs see the same instants.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 11, 18, 10, 30, 0, TimeSpan.Zero);

    public static Task<SandboxServer> StartAsync(int items, string? directory = null, ulong seed = 7) => SandboxServer.StartAsync(
        new SandboxOptions { Clock = new StoppedClock(), Items = items, Seed = seed, DataDirectory = directory },
        TestContext.Current.CancellationToken);
}
