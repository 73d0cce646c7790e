using System.CommandLine;
using TsPmo.Engine;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Storage;
using TsPmo.Sync.Cli.Progress;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Computes and stores the metrics.</summary>
internal sealed class MeasureVerb : IVerb
{
    private readonly Option<string[]> _projects = VerbOptions.Projects();
    private readonly Option<DateTimeOffset?> _asOf = VerbOptions.AsOf();

    public string Name => "measure";

    public string Description => "Computes and stores the metrics from what is stored, and prints them";

    public IEnumerable<Option> Options => [_projects, _asOf];

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        var projects = session.Typed.GetValue(_projects);
        return session.WithEngineAsync(new Chosen(Projects: projects), async engine =>
        {
            var report = await RunAsync(engine.Get<MeasurePass>(), new MeasureRequest(projects, session.Typed.GetValue(_asOf)), session, cancellation);
            var results = report.Rows.ToList();
            var personal = engine.Get<IPmoSource>().Current.PersonalMetrics;
            session.Terminal.Result(TableOf([.. results.Where(r => r.Subject is null || !personal.Contains(r.Metric))]));
            session.Terminal.Document(new
            {
                asOf = report.AsOf,
                outcome = report.HasFailures ? SyncOutcome.Partial : SyncOutcome.Succeeded,
                metrics = results.Select(AsJson),
                errors = report.Problems.Concat(report.Projects.SelectMany(p => p.Problems)).Select(SyncError.Of),
            });
            return report.HasFailures ? ExitCode.SomethingFailed : ExitCode.Done;
        }, cancellation);
    }

    /// <summary>One pass with its progress and its problems shown.</summary>
    public static async Task<MeasureReport> RunAsync(MeasurePass pass, MeasureRequest request, VerbSession session, CancellationToken cancellation)
    {
        var report = await new ProgressDisplay(session.Terminal, session.Machine.Clock).RunAsync(
            "Measuring",
            notes => pass.RunAsync(request, new Relay<MeasuredProject>(p => notes.Report(new("projects", p.Project.Key, IsFinished: false))), cancellation));
        foreach (var problem in report.Problems.Concat(report.Projects.SelectMany(p => p.Problems)))
            session.Terminal.Say(problem);
        return report;
    }

    /// <summary>Weeks of persons would bury the rest; --json and the export have them.</summary>
    private static Spectre.Console.Table TableOf(IReadOnlyList<StoredResult> results)
    {
        var table = Terminal.NewTable("project", "metric", "subject", "figure", "band", "confidence");
        foreach (var r in results)
        {
            Terminal.AddRow(
                table, r.Project, r.Metric, r.Subject, r.Text ?? $"not measurable: {r.Because}", r.Band?.ToString().ToLowerInvariant(),
                r.Confidence.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static object AsJson(StoredResult r) => new
    {
        project = r.Project,
        metric = r.Metric,
        subject = r.Subject,
        asOf = r.AsOf,
        window = r.Window?.ToString(),
        value = r.Date is { } date ? (object)date : r.Number,
        text = r.Text,
        unit = r.Unit,
        band = r.Band,
        method = r.Method,
        reason = r.Reason?.ToString(),
        n = r.N,
        evidenceCount = r.EvidenceCount,
        quality = r.Quality,
        confidence = r.Confidence,
        baseline = r.Baseline,
    };
}
