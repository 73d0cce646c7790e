using System.Text;
using TsPmo.Sandbox.Journal;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Hosting;

/// <summary>The pieces of a sandbox, put together: a stand-in, its record, its door and its listener for every tracker.</summary>
internal sealed class SandboxParts : IAsyncDisposable
{
    private readonly List<(SandboxTracker Described, TrackerDoor Door, LoopbackListener Listener)> _open = [];
    private readonly List<IStandIn> _standIns = [];
    private readonly bool _truthIsTemporary;

    private SandboxParts(DoorKeeper keeper, SandboxState state, bool truthIsTemporary)
    {
        Keeper = keeper;
        State = state;
        _truthIsTemporary = truthIsTemporary;
    }

    public DoorKeeper Keeper { get; }

    public SandboxState State { get; }

    public ItemAddresses Addresses { get; } = new();

    public List<RecordedTracker> Recorded { get; } = [];

    public IReadOnlyList<SandboxTracker> Described => [.. _open.Select(o => o.Described)];

    public static async Task<SandboxParts> AssembleAsync(SandboxOptions options, CancellationToken cancellation)
    {
        var journal = new SandboxJournal(options.DataDirectory);
        var state = await journal.ReadStateAsync(cancellation) ?? NewState(options);
        var path = options.DataDirectory is { } directory ? Path.Combine(directory, "truth.ndjson") : Path.GetTempFileName();
        var keeper = new DoorKeeper(options.Clock, new SandboxClock(options.Clock) { Offset = state.ClockOffset }, new TruthLog(path), journal);
        var parts = new SandboxParts(keeper, state, truthIsTemporary: options.DataDirectory is null);
        try
        {
            foreach (var source in StandIns.Of(options, state.Shape)) await parts.OpenAsync(source, cancellation);
            return parts;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    public PortfolioDescription Generate()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(State.TimeZone);
        using var held = Keeper.Clock.Hold(new DateTimeOffset(State.Today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        var trackers = _open.Select((open, index) => (open.Described.Kind, Recorded[index])).ToDictionary(t => t.Kind, t => t.Item2);
        var portfolio = new PortfolioGenerator(trackers, Addresses, Keeper.Truth, held, zone, State.Seed, State.Items, State.Today).Generate(ProjectSetups.Of(State.Shape));
        Keeper.Truth.Flush();
        return portfolio;
    }

    public IStandIn? Find(string name) => _standIns.Find(s => s.Name == name);

    public Task ReplayAsync(JournaledRequest request)
    {
        var (described, door, listener) = _open.First(o => o.Described.Name == request.Tracker);
        return door.ReplayAsync(request, Authorization(described), listener.Services);
    }

    public int? SavedPort(string name) => State.Ports.TryGetValue(name, out var port) ? port : null;

    public Task SaveAsync(int controlPort, CancellationToken cancellation)
    {
        var ports = _open.ToDictionary(o => o.Described.Name, o => o.Listener.Port, StringComparer.Ordinal);
        ports["control"] = controlPort;
        return Keeper.Journal.WriteStateAsync(State with { Ports = ports }, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, _, listener) in _open) await listener.DisposeAsync();
        Keeper.Dispose();
        if (_truthIsTemporary) File.Delete(Keeper.Truth.Path);
    }

    private async Task OpenAsync(StandInSource source, CancellationToken cancellation)
    {
        const string bot = "pmo-bot@example.com";
        var zone = TimeZoneInfo.FindSystemTimeZoneById(State.TimeZone);
        var standIn = source.Create(new StandInContext(Keeper.Clock, Keeper.Notifications, source.Token, bot));
        _standIns.Add(standIn);
        var door = new TrackerDoor(standIn, source.Kind, Keeper);
        var listener = await LoopbackListener.StartAsync(SavedPort(standIn.Name), door.Open, cancellation);
        var url = listener.Origin.ToString().TrimEnd('/') + standIn.PathBase;
        _open.Add((new SandboxTracker(standIn.Name, source.Kind, url, bot, source.Token), door, listener));
        var recorded = new RecordedTracker(standIn, Keeper.Truth, Keeper.Clock, zone, Addresses);
        Recorded.Add(recorded);
        Addresses.Add(url, recorded);
    }

    private static SandboxState NewState(SandboxOptions options)
    {
        var day = DateOnly.FromDateTime(options.Clock.GetUtcNow().UtcDateTime);
        var today = options.Today ?? day;
        return new SandboxState(options.Seed, options.Items, today, options.TimeZone, TimeSpan.FromDays(today.DayNumber - day.DayNumber), []) { Shape = options.Shape };
    }

    private static string Authorization(SandboxTracker tracker) => tracker.Kind switch
    {
        TrackerKind.JiraDataCenter => $"Bearer {tracker.Token}",
        TrackerKind.JiraCloud => Basic(tracker.User, tracker.Token),
        _ => Basic("", tracker.Token),
    };

    private static string Basic(string user, string secret) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"))}";
}
