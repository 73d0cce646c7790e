using TsPmo.Sandbox.Control;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.Journal;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox;

/// <summary>Stand-in trackers on loopback with a seeded portfolio, and the controls that tests turn: clock, faults, further history, counters.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly SandboxParts _parts;
    private LoopbackListener? _control;

    private SandboxServer(SandboxParts parts) => _parts = parts;

    /// <summary>The stand-ins, in a fixed order.</summary>
    public IReadOnlyList<SandboxTracker> Trackers => _parts.Described;

    /// <summary>Address of the control API; a separate listener, so that no tracker's routes collide with it.</summary>
    public Uri ControlUrl => _control?.Origin ?? throw new InvalidOperationException("The sandbox has not started.");

    /// <summary>The truth log (see World/TRUTH.md).</summary>
    public string TruthPath => _parts.Keeper.Truth.Path;

    /// <summary>What the PMO governs here.</summary>
    public PortfolioDescription Portfolio { get; private init; } = new([]);

    /// <summary>The day the sandbox's clock started in; generated history lies before 00:00Z of it.</summary>
    public DateOnly Today => _parts.State.Today;

    public TimeProvider Clock => _parts.Keeper.Clock;

    /// <summary>Mails the trackers would have sent.</summary>
    public NotificationLog Notifications => _parts.Keeper.Notifications;

    public RequestLog Requests => _parts.Keeper.Requests;

    /// <summary>Starts the stand-ins and lets the portfolio happen in them.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellation)
    {
        var parts = await SandboxParts.AssembleAsync(options, cancellation);
        try
        {
            var portfolio = parts.Generate();
            var server = new SandboxServer(parts) { Portfolio = portfolio };
            await server.ReplayAsync(cancellation);
            server._control = await LoopbackListener.StartAsync(parts.SavedPort("control"), app => ControlApi.Map(app, server), cancellation);
            await parts.SaveAsync(server._control.Port, cancellation);
            parts.Keeper.OpenAll();
            return server;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>A stand-in Jira by its tracker's name, for setting it up.</summary>
    /// <exception cref="ArgumentException">No tracker that is a Jira has the name.</exception>
    public Jira.JiraStandIn Jira(string tracker) =>
        _parts.Find(tracker) as Jira.JiraStandIn ?? throw new ArgumentException($"There is no Jira called '{tracker}' here.", nameof(tracker));

    /// <summary>The stand-in organisation of Azure DevOps, for setting it up.</summary>
    /// <exception cref="ArgumentException">No tracker that is an Azure DevOps has the name.</exception>
    public AzureDevOps.AzureDevOpsStandIn AzureDevOps(string tracker) =>
        _parts.Find(tracker) as AzureDevOps.AzureDevOpsStandIn ?? throw new ArgumentException($"There is no Azure DevOps called '{tracker}' here.", nameof(tracker));

    /// <summary>Puts a fault in force after those already there.</summary>
    public void AddFault(FaultRule rule) => _parts.Keeper.Faults.Add(rule);

    public void ClearFaults() => _parts.Keeper.Faults.Clear();

    /// <summary>Lets somebody read along what trackers are asked and answer; null ends it.</summary>
    public void Observe(Action<SandboxExchange>? observer) => _parts.Keeper.Observer = observer;

    /// <summary>Makes now the given instant; time goes on from there.</summary>
    public Task SetClockAsync(DateTimeOffset now) => MoveClockAsync(() => _parts.Keeper.Clock.SetNow(now));

    public Task AdvanceClockAsync(TimeSpan by) => MoveClockAsync(() => _parts.Keeper.Clock.Advance(by));

    /// <summary>
    /// Lets further history happen in every tracker, spread over the coming minutes of the sandbox's clock, and advances the clock past it.
    /// The same seed in the same state does the same.
    /// </summary>
    /// <returns>The number of acts that happened.</returns>
    public Task<int> RunRoundAsync(RoundRequest round, CancellationToken cancellation) => _parts.Keeper.Gate.WriteAsync(
        async () =>
        {
            var at = _parts.Keeper.NowInMilliseconds();
            var acts = PlayRound(round, at);
            await _parts.Keeper.Journal.AppendAsync(JournaledRound.Of(round, at));
            return acts;
        },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_control is not null) await _control.DisposeAsync();
        await _parts.DisposeAsync();
    }

    private int PlayRound(RoundRequest round, DateTimeOffset at)
    {
        int acts;
        using (var held = _parts.Keeper.Clock.Hold(at))
            acts = Round.Play(_parts.Recorded.ConvertAll(tracker => new Round(tracker, _parts.Recorded, _parts.Addresses, round, held)), held);

        _parts.Keeper.Clock.Advance(TimeSpan.FromMinutes(round.Minutes));
        _parts.Keeper.Truth.Flush();
        return acts;
    }

    private Task<bool> MoveClockAsync(Action move) => _parts.Keeper.Gate.WriteAsync(
        async () =>
        {
            var at = _parts.Keeper.NowInMilliseconds();
            move();
            await _parts.Keeper.Journal.AppendAsync(new JournaledClock(at, _parts.Keeper.Clock.Offset));
            return true;
        },
        CancellationToken.None);

    private async Task ReplayAsync(CancellationToken cancellation)
    {
        foreach (var entry in await _parts.Keeper.Journal.OpenAsync(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            switch (entry)
            {
                case JournaledRequest request: await _parts.ReplayAsync(request); break;
                case JournaledRound round: PlayRound(round.Request(), round.At); break;
                case JournaledClock clock: _parts.Keeper.Clock.Offset = clock.Offset; break;
            }
        }

        _parts.Keeper.Truth.Flush();
        _parts.Keeper.Notifications.Clear();
    }
}
