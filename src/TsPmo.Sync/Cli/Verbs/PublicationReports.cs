using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Sync.Cli.Progress;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Shows what publishing or taking back did, or would do.</summary>
internal static class PublicationReports
{
    /// <summary>Runs a pass with its progress and its errors shown.</summary>
    public static async Task<PublishReport> WatchAsync(VerbSession session, string title, Func<IProgress<PublicationRow>, Task<PublishReport>> pass)
    {
        var report = await new ProgressDisplay(session.Terminal, session.Machine.Clock).RunAsync(
            title,
            notes => pass(new Relay<PublicationRow>(row => notes.Report(new("publications", $"{row.Project}/{row.Publication} {Word(row.Action)}", IsFinished: false)))));
        foreach (var error in report.Errors)
            session.Terminal.Say(error, null);
        foreach (var row in report.Publications.Where(r => r.Error is not null))
            session.Terminal.Say(row.Error!, $"{row.Project}/{row.Publication}");
        return report;
    }

    /// <summary>Prints the report and gives the exit code.</summary>
    public static int Finish(VerbSession session, PublishReport report, bool withDiffs)
    {
        var table = Terminal.NewTable("project", "publication", "connector", "target", "anchor", "action", "quiet");
        foreach (var row in report.Publications)
        {
            Terminal.AddRow(
                table, row.Project, row.Publication, row.Connector, row.Target, row.Anchor, Word(row.Action),
                row.Quiet switch { true => "quiet", false => "loud", _ => "not known" });
        }

        session.Terminal.Result(table);
        foreach (var row in report.Publications.Where(r => withDiffs && r.Diff is not null))
            session.Terminal.Result($"{row.Project}/{row.Publication} ({row.Connector} {row.Target} {row.Anchor})\n{row.Diff}\n");
        session.Terminal.Document(report, PublishJson.Default.PublishReport);
        return report.Outcome == SyncOutcome.Succeeded ? ExitCode.Done : ExitCode.SomethingFailed;
    }

    /// <summary>An action as the JSON spells it.</summary>
    public static string Word(PublicationAction action) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(action.ToString());
}
