using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Model.Measuring;
using TsPmo.Sync.Cli.Verbs;
using TsPmo.Sync.Composition;

namespace TsPmo.Sync.Cli.Demo;

/// <summary>What one run of the main job came to.</summary>
internal sealed record DemoPass(SyncReport Sync, MeasureReport Measured, PublishReport Published)
{
    public bool Succeeded => Sync.Outcome == SyncOutcome.Succeeded && !Measured.HasFailures && Published.Outcome == SyncOutcome.Succeeded;

    /// <summary>Reads, measures and writes back, showing each step.</summary>
    public static async Task<DemoPass> RunAsync(VerbSession session, OpenEngine engine, CancellationToken cancellation)
    {
        var sync = await SyncVerb.RunAsync(engine.Get<ISyncPass>(), new SyncRequest(), session, cancellation);
        session.Terminal.Result(SyncVerb.TableOf(sync));
        var measured = await MeasureVerb.RunAsync(engine.Get<MeasurePass>(), new MeasureRequest(), session, cancellation);
        var published = await PublicationReports.WatchAsync(session, "Writing back", progress => engine.Get<PublishPass>().RunAsync(new PublishRequest(), progress, cancellation));
        return new(sync, measured, published);
    }

    /// <summary>Prints the consolidated table, or the document.</summary>
    public void Print(Terminal terminal, DateOnly today)
    {
        var table = Terminal.NewTable("project", "tools", "state", "schedule variance", "SPI(t)", "deployments per week", "published in");
        foreach (var row in Rows())
            Terminal.AddRow(table, row.Name, string.Join(", ", row.Tools), row.State, row.ScheduleVariance, row.Spit, row.DeploymentsPerWeek, string.Join(", ", row.PublishedIn));
        terminal.Result(table);
        foreach (var action in Published.Publications.CountBy(p => p.Action).OrderBy(a => a.Key))
            terminal.Result($"{action.Value} publications {PublicationReports.Word(action.Key)}");
        terminal.Document(new
        {
            outcome = Succeeded ? SyncOutcome.Succeeded : SyncOutcome.Partial, today, sync = Sync, publications = Published.Publications, projects = Rows(),
        });
    }

    private IEnumerable<DemoRow> Rows() => Measured.Projects.Select(p => new DemoRow(
        p.Project.Key,
        p.Project.Name,
        [.. p.Project.Sources.Select(s => s.Connector).Distinct(StringComparer.Ordinal)],
        State(p.Result("rag.schedule")),
        Words(p.Result("schedule.svt")),
        Words(p.Result("schedule.spit")),
        Words(p.Result("delivery.deploymentFrequency.perWeek")),
        [.. Published.Publications.Where(q => q.Project == p.Project.Key && q.Error is null).Select(q => $"{q.Connector} {q.Target} {q.Anchor}")]));

    /// <summary>The schedule's traffic light; what is unknown is never green.</summary>
    private static string State(MetricResult? index) => ((index as Measurement)?.Band ?? Band.Grey).ToString().ToLowerInvariant();

    private static string Words(MetricResult? result) => result switch
    {
        Measurement measured => measured.Text,
        NotMeasurable missing => $"not measurable: {missing.Because}",
        _ => "not measured",
    };
}

/// <summary>A project in the consolidated table.</summary>
internal sealed record DemoRow(
    string Project, string Name, IReadOnlyList<string> Tools, string State, string ScheduleVariance, string Spit, string DeploymentsPerWeek, IReadOnlyList<string> PublishedIn);
