using Microsoft.Extensions.Logging;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Engine.Storage;
using TsPmo.Plugins;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Control;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Sync.Cli.Demo;
using TsPmo.Sync.Composition;
using TsPmo.Sync.Configuration;
using TsPmo.Testing;

namespace TsPmo.Pages.Tests.Serving;

/// <summary>The generated portfolio read, measured, written back and served; one of its trackers refuses its token ever since.</summary>
public sealed class MeasuredPortfolio : IAsyncLifetime
{
    /// <summary>The tracker that refuses.</summary>
    public const string Refusing = "jiraDc";

    /// <summary>A name that is markup and turns the direction of writing.</summary>
    public const string HostileName = "<img src=x onerror=alert(1)> \u202Egnitset\" & <b>bold</b>";

    private readonly TemporaryFolder _folder = new();
    private SandboxServer? _sandbox;
    private ServedConsole? _console;

    public string Address => _console?.Address ?? throw new InvalidOperationException("The console has not started.");

    public IReadOnlyList<GovernedProject> Projects => _sandbox?.Portfolio.Projects ?? [];

    /// <summary>The project that bears <see cref="HostileName"/>.</summary>
    public GovernedProject Renamed => Projects[0];

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Clock = TimeProvider.System, Items = 300, Seed = 5, Today = new DateOnly(2026, 6, 30), DataDirectory = _folder.File("sandbox") }, cancellation);
        var settings = new Dictionary<string, string?>(DemoSettings.Of(_sandbox, _folder.File("tspmo.db")), StringComparer.OrdinalIgnoreCase)
        {
            [$"TsPmo:Projects:{Renamed.Key}:Name"] = HostileName,
        };
        var configuration = ServedConsole.Load(settings);
        await DoTheMainJobAsync(configuration, _sandbox, cancellation);
        _console = await ServedConsole.StartAsync(configuration, _sandbox.Clock, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_console is not null)
            await _console.DisposeAsync();
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task DoTheMainJobAsync(LoadedConfiguration configuration, SandboxServer sandbox, CancellationToken cancellation)
    {
        var (engine, problem) = await OpenEngine.OpenAsync(configuration, PluginCatalog.Scan(), sandbox.Clock, logging => logging.SetMinimumLevel(LogLevel.None), cancellation);
        await using var open = engine ?? throw new InvalidOperationException(problem?.Message);
        (await open.Get<ISyncPass>().RunAsync(new SyncRequest(), progress: null, cancellation)).Outcome.ShouldBe(SyncOutcome.Succeeded);
        await open.Get<MeasurePass>().RunAsync(new MeasureRequest(), progress: null, cancellation);
        await open.Get<PublishPass>().RunAsync(new PublishRequest(), progress: null, cancellation);
        await ChangeByHandAsync(open.Get<IPublicationLedger>(), cancellation);
        sandbox.AddFault(new FaultRule(FaultAction.Status, Refusing, Status: 401));
        (await open.Get<ISyncPass>().RunAsync(new SyncRequest([Refusing]), progress: null, cancellation)).Outcome.ShouldBe(SyncOutcome.Failed);
    }

    /// <summary>Two publications are found changed by somebody.</summary>
    private static async Task ChangeByHandAsync(IPublicationLedger ledger, CancellationToken cancellation)
    {
        foreach (var record in (await ledger.ListAsync(null, cancellation)).Where(r => r.State == PublicationState.Written).Take(2))
            await ledger.RecordConflictAsync(record.Place, new($"print-of-{record.Publication}", "We know. <script>alert(2)</script>", "Somebody changed our text.", DateTimeOffset.UnixEpoch), cancellation);
    }
}
