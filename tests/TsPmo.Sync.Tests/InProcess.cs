using TsPmo.Engine.History;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Plugins;
using TsPmo.Sync.Cli;
using TsPmo.Sync.Composition;
using TsPmo.Sync.Configuration;
using TsPmo.Sync.Configuration.Sources;
using TsPmo.Testing.Apps;

namespace TsPmo.Sync.Tests;

/// <summary>The command line in this process, on a clock of the test's choosing.</summary>
internal sealed class InProcess : IApplication
{
    public static readonly InProcess Application = new();

    public static async Task<TspmoResult> RunAsync(TimeProvider clock, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var machine = new Machine
        {
            Clock = clock, ApplicationDirectory = AppContext.BaseDirectory, WorkingDirectory = Path.GetTempPath(), Out = output, Error = errors,
            OpenOut = () => new Bytes(output),
        };
        var code = await CommandLine.RunAsync(arguments, machine);
        return new TspmoResult(code, output.ToString(), errors.ToString());
    }

    Task<TspmoResult> IApplication.RunAsync(TimeProvider clock, params string[] arguments) => RunAsync(clock, arguments);

    public async Task<TspmoResult> ReconcileAsync(TimeProvider clock, string settings)
    {
        var (engine, problem) = await OpenAsync(clock, settings);
        if (engine is null)
            return new TspmoResult(ExitCode.StoreUnusable, "", problem?.Message ?? "");
        await using (engine)
        {
            var report = await engine.Get<ISyncPass>().RunAsync(new SyncRequest(Depth: ReadDepth.Reconcile), progress: null, CancellationToken.None);
            var errors = report.Connectors.SelectMany(c => c.Errors.Select(e => $"{c.Name}: {e.Code} {e.Message} ({e.Scope})"));
            return new TspmoResult(report.Outcome == SyncOutcome.Succeeded ? ExitCode.Done : ExitCode.SomethingFailed, "", string.Join('\n', errors));
        }
    }

    /// <summary>The history that metrics are computed from.</summary>
    public static async Task<ProjectHistory> HistoryAsync(TimeProvider clock, string settings, string project, CancellationToken cancellation)
    {
        await using var opened = await OpenedAsync(clock, settings);
        return await opened.Get<IHistoryReader>().ReadAsync(opened.Configuration.Pmo.Projects[project], cancellation);
    }

    /// <summary>Keeps figures as if they had been measured.</summary>
    public static async Task KeepAsync(TimeProvider clock, string settings, string project, IReadOnlyList<MetricResult> results, CancellationToken cancellation)
    {
        await using var opened = await OpenedAsync(clock, settings);
        await opened.Get<IMeasurementStore>().SaveAsync(project, results, cancellation);
    }

    private static async Task<OpenEngine> OpenedAsync(TimeProvider clock, string settings)
    {
        var (engine, problem) = await OpenAsync(clock, settings);
        return engine ?? throw new InvalidOperationException(problem?.Message);
    }

    private static async Task<(OpenEngine? Engine, Problem? Problem)> OpenAsync(TimeProvider clock, string settings)
    {
        var catalog = PluginCatalog.Scan();
        var input = new ConfigurationInput { ApplicationDirectory = AppContext.BaseDirectory, EnvironmentName = "Production", Files = [settings] };
        var configuration = ConfigurationResult.Load(input, catalog).Configuration ?? throw new InvalidOperationException("The configuration has mistakes.");
        return await OpenEngine.OpenAsync(configuration, catalog, clock, _ => { }, CancellationToken.None);
    }

    /// <summary>Takes bytes for the same output; they become text when the stream is closed.</summary>
    private sealed class Bytes(StringWriter output) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            output.Write(System.Text.Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length));
            base.Dispose(disposing);
        }
    }
}
