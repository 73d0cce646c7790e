using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TsPmo.Engine;
using TsPmo.Engine.History;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Sqlite;
using TsPmo.Engine.Storage;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Plugins;
using TsPmo.Testing;

namespace TsPmo.Benchmarks;

/// <summary>What it costs to measure: one project from loaded history and from the store, a year's series of it, and a portfolio of many such projects.</summary>
internal static class Metrics
{
    private const int Repeats = 5;
    private static readonly int Items = Setting.Number("METRICS_ITEMS", 10_000);
    private static readonly int Projects = Setting.Number("METRICS_PROJECTS", 100);

    public static async Task<Summary> RunAsync(CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var portfolio = new ScalePortfolio(Projects, Items);
        var catalog = PluginCatalog.Scan();
        var setup = new PmoSetup(portfolio.Definition, [], new MetricSet(catalog.Metrics, catalog.Derived)) { PortfolioMetrics = catalog.PortfolioMetrics };
        await using var services = Services(setup, folder.File("tspmo.db"));
        await services.GetRequiredService<IStore>().OpenAsync(cancellation);
        var filling = Stopwatch.StartNew();
        for (var project = 0; project < Projects; project++)
            await portfolio.StoreAsync(services.GetRequiredService<IFactStore>(), project, cancellation);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stored {Projects} x {Items} items in {filling.Elapsed.TotalSeconds:0} s"));

        var one = await OneAsync(services, setup, portfolio, cancellation);
        Console.Error.WriteLine(one);
        var whole = await WholeAsync(services, cancellation);
        Console.Error.WriteLine(whole);
        return new Summary("What measuring costs", Passed: true, Body(one, whole, new FileInfo(folder.File("tspmo.db")).Length));
    }

    private static ServiceProvider Services(PmoSetup setup, string file)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddEngine(_ => new FixedPmo(setup));
        services.AddSqliteStore($"Data Source={file}");
        return services.BuildServiceProvider();
    }

    private static async Task<One> OneAsync(ServiceProvider services, PmoSetup setup, ScalePortfolio portfolio, CancellationToken cancellation)
    {
        var project = setup.Definition.Projects.Values.First();
        var reader = services.GetRequiredService<IHistoryReader>();
        DateTimeOffset[] year = [.. Enumerable.Range(0, 52).Select(week => portfolio.AsOf.AddDays(-7 * week)).Order()];
        var (read, instant, series, slowest) = (new List<Taken>(), new List<Taken>(), new List<Taken>(), new Dictionary<string, List<Taken>>(StringComparer.Ordinal));
        for (var i = 0; i < Repeats; i++)
        {
            ProjectHistory history = null!;
            read.Add(await TimeAsync(async () => history = await reader.ReadAsync(project, cancellation)));
            instant.Add(await TimeAsync(() => Swept(setup, history, [portfolio.AsOf])));
            history = await reader.ReadAsync(project, cancellation);
            series.Add(await TimeAsync(() => Swept(setup, history, year)));
            history = await reader.ReadAsync(project, cancellation);
            foreach (var metric in setup.Metrics.Measured)
                (slowest.TryGetValue(metric.Definitions[0].Name, out var times) ? times : slowest[metric.Definitions[0].Name] = []).Add(await TimeAsync(() => Measured(metric.Measure(history, [portfolio.AsOf]))));
        }

        return new(Best(read), Best(instant), Best(series), [.. slowest.Select(s => (s.Key, Best(s.Value).Processor)).OrderByDescending(s => s.Processor).Take(8)]);
    }

    private static Task Swept(PmoSetup setup, ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Measured(new ProjectSweep(setup.Metrics, history).Results(instants));

    /// <summary>The evidence of a single instant is counted, as it is when a figure is stored; that of a series is looked at by nobody.</summary>
    private static Task Measured(IEnumerable<MetricResult> results)
    {
        var all = results.ToList();
        if (all.Select(r => r.AsOf).Distinct().Count() == 1)
            all.ForEach(r => _ = r.Evidence.Count);
        return Task.CompletedTask;
    }

    private static async Task<Whole> WholeAsync(ServiceProvider services, CancellationToken cancellation)
    {
        GC.Collect();
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5", cancellation);
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var report = await services.GetRequiredService<MeasurePass>().RunAsync(new MeasureRequest(), null, cancellation);
        return new(new(watch.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds), await Usage.MemoryOfSelfAsync(cancellation), report.Rows.Count(), report.Projects.Sum(p => p.Problems.Count));
    }

    private static async Task<Taken> TimeAsync(Func<Task> work)
    {
        GC.Collect();
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await work();
        return new(watch.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
    }

    private static Taken Best(List<Taken> times) => times.MinBy(t => t.Processor);

    private static string Body(One one, Whole whole, long bytes)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"One project of {Items} items with {Items * ScalePortfolio.ChangesPerItem} changes, every metric that is plugged in, best of {Repeats}; the evidence of each figure is counted, as when it is stored. The wanted times are those of a machine with nothing else to do; on a busy one the processor's time is what tells. A portfolio of {Projects} such projects, measured and stored by one pass in this process.")
            .AppendLine()
            .AppendLine("| what | processor | clock | wanted |")
            .AppendLine("| --- | --- | --- | --- |")
            .AppendLine(CultureInfo.InvariantCulture, $"| calculators alone, one instant | {one.Instant} | 300 ms |")
            .AppendLine(CultureInfo.InvariantCulture, $"| reading the history from the store | {one.Read} | |")
            .AppendLine(CultureInfo.InvariantCulture, $"| from the store, both together | {one.Read + one.Instant} | 1000 ms |")
            .AppendLine(CultureInfo.InvariantCulture, $"| series over 52 weeks | {one.Series} | 3 x one instant; it is {one.Series.Processor / one.Instant.Processor:0.0} x |")
            .AppendLine(CultureInfo.InvariantCulture, $"| portfolio of {(long)Projects * Items} items and {(long)Projects * Items * ScalePortfolio.ChangesPerItem} changes | {whole.Time} | 60 s for 1000000 and 10000000 |")
            .AppendLine(CultureInfo.InvariantCulture, $"| peak of its memory | {whole.Memory >> 20} MiB | | 1024 MiB |")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"It measured {whole.Figures} figures with {whole.Problems} problems; the store takes {bytes >> 20} MiB.")
            .AppendLine()
            .AppendLine("The slowest metrics, one after the other on one history (the first that needs a shared basis pays for it):")
            .AppendLine();
        foreach (var (name, time) in one.Slowest)
            text.AppendLine(CultureInfo.InvariantCulture, $"- {name} {time:0} ms");
        return text.ToString();
    }

    /// <summary>What a piece of work took, in milliseconds of the clock and of the processor.</summary>
    private readonly record struct Taken(double Clock, double Processor)
    {
        public static Taken operator +(Taken left, Taken right) => new(left.Clock + right.Clock, left.Processor + right.Processor);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Processor:0} ms | {Clock:0} ms");
    }

    private sealed record One(Taken Read, Taken Instant, Taken Series, IReadOnlyList<(string Metric, double Time)> Slowest)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"read {Read}, instant {Instant}, series {Series}; {string.Join(", ", Slowest.Select(s => $"{s.Metric} {s.Time:0}"))}");
    }

    private sealed record Whole(Taken Time, long Memory, int Figures, int Problems);
}
