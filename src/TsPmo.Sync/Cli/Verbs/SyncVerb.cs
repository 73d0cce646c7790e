using System.CommandLine;
using System.Globalization;
using TsPmo.Engine.Pipeline;
using TsPmo.Model.Contracts;
using TsPmo.Sync.Cli.Progress;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Reads what is new in the trackers.</summary>
internal sealed class SyncVerb : IVerb
{
    private readonly Option<string[]> _connectors = VerbOptions.Connectors();
    private readonly Option<bool> _full = new("--full") { Description = "Everything again, instead of going on from where the last pass ended" };

    public string Name => "sync";

    public string Description => "One pass over the trackers: what is new since the last one, or everything";

    public IEnumerable<Option> Options => [_connectors, _full];

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) => session.WithEngineAsync(
        new Chosen(Connectors: session.Typed.GetValue(_connectors)),
        async engine =>
        {
            var connectors = session.Typed.GetValue(_connectors) is { Length: > 0 } named ? engine.Configuration.Spelling(named) : null;
            var request = new SyncRequest(connectors, session.Typed.GetValue(_full) ? ReadDepth.Everything : ReadDepth.Changes);
            var report = await RunAsync(engine.Get<ISyncPass>(), request, session, cancellation);
            session.Terminal.Result(TableOf(report));
            session.Terminal.Document(report, SyncJson.Default.SyncReport);
            return report.Outcome == SyncOutcome.Succeeded ? ExitCode.Done : ExitCode.SomethingFailed;
        },
        cancellation);

    /// <summary>One pass with its progress and its errors shown.</summary>
    public static async Task<SyncReport> RunAsync(ISyncPass pass, SyncRequest request, VerbSession session, CancellationToken cancellation)
    {
        var report = await new ProgressDisplay(session.Terminal, session.Machine.Clock).RunAsync(
            request.Depth == ReadDepth.Everything ? "Reading everything" : "Reading what is new",
            notes => pass.RunAsync(request, new Relay<SyncProgress>(p => notes.Report(new(p.Connector, Words(p), p.Finished))), cancellation));
        foreach (var connector in report.Connectors)
        {
            foreach (var error in connector.Errors)
                session.Terminal.Say(error, connector.Name);
        }

        return report;
    }

    public static Spectre.Console.Table TableOf(SyncReport report)
    {
        var table = Terminal.NewTable("connector", "outcome", "requests", "KiB received", "items read", "changed", "deleted", "changes stored", "quarantined", "waited for limits", "left of the limit");
        foreach (var c in report.Connectors)
        {
            Terminal.AddRow(
                table, c.Name, c.Outcome.ToString().ToLowerInvariant(), Number(c.Requests), Number(c.BytesReceived / 1024), Number(c.ItemsRead), Number(c.ItemsChanged),
                Number(c.ItemsDeleted), Number(c.ChangesStored), Number(c.Quarantined), $"{Number(c.ThrottledMs)} ms", c.Headroom ?? "not told");
        }

        return table;
    }

    private static string Words(SyncProgress progress) =>
        progress.Finished ? $"done, {Number(progress.Items)} items" : $"{progress.Stream}, {Number(progress.Items)} items, {Number(progress.Pages)} pages";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
