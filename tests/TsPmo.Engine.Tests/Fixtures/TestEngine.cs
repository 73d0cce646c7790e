using Microsoft.Extensions.DependencyInjection;
using TsPmo.Engine.History;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Sqlite;
using TsPmo.Engine.Storage;
using TsPmo.Model.Calendar;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Testing.Time;

namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>The engine over a real database file, put together as the program does.</summary>
public sealed class TestEngine : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestEngine(ServiceProvider services, FakeClock clock) => (_services, Clock) = (services, clock);

    public static WorkingCalendar Calendar { get; } = new(
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"),
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        []);

    public FakeClock Clock { get; }

    public ISyncPass Sync => Get<ISyncPass>();

    public IFactStore Facts => Get<IFactStore>();

    public IHistoryReader Histories => Get<IHistoryReader>();

    public static async Task<TestEngine> OpenAsync(StoreFile file, PmoDefinition? pmo = null, IEnumerable<ConnectorInstance>? connectors = null, ICommitObserver? observer = null, IEnumerable<IMetric>? metrics = null, IEnumerable<IDerivedMetric>? derived = null, IEnumerable<IPortfolioMetric>? portfolios = null)
    {
        var clock = new FakeClock();
        var setup = new PmoSetup(pmo ?? new PmoDefinition { Calendar = Calendar }, [.. connectors ?? []], new MetricSet([.. metrics ?? []], [.. derived ?? []])) { PortfolioMetrics = [.. portfolios ?? []] };
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddEngine(_ => new FixedPmo(setup));
        services.AddSqliteStore(file.ConnectionString);
        if (observer is not null)
            services.AddSingleton(observer);
        var engine = new TestEngine(services.BuildServiceProvider(), clock);
        (await engine.Get<IStore>().OpenAsync(CancellationToken.None)).ShouldBeNull();
        return engine;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<SyncReport> SyncAsync(ReadDepth depth = ReadDepth.Changes) => Sync.RunAsync(new SyncRequest(Depth: depth), progress: null, CancellationToken.None);

    /// <summary>The history of an item of the connector "alpha".</summary>
    public async Task<ItemHistory> ItemAsync(string id)
    {
        await foreach (var item in Histories.StreamAsync("alpha", CancellationToken.None))
        {
            if (item.Id.Id == id)
                return item;
        }

        throw new InvalidOperationException($"The item {id} is not stored.");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
