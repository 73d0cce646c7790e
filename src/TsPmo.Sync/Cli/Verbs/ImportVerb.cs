using System.CommandLine;
using TsPmo.Engine.Intake;
using TsPmo.Sync.Web;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Takes rows that other systems report from a file.</summary>
internal sealed class ImportVerb : IVerb
{
    private static readonly Dictionary<string, IntakeFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = IntakeFormat.Csv, [".ndjson"] = IntakeFormat.Ndjson, [".jsonl"] = IntakeFormat.Ndjson, [".json"] = IntakeFormat.Json,
    };

    private readonly Argument<string> _kind = new("KIND") { Description = "What: deployments or satisfaction" };
    private readonly Argument<string> _file = new("FILE") { Description = "A file of rows; its name ends in .csv, .ndjson or .json" };

    public string Name => "import";

    public string Description => "Takes rows that other systems report; the same rows may come again";

    public IEnumerable<Argument> Arguments => [_kind, _file];

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) => session.WithEngineAsync(new Chosen(), async engine =>
    {
        var (kind, file) = (session.Typed.GetRequiredValue(_kind), Path.GetFullPath(session.Typed.GetRequiredValue(_file), session.Machine.WorkingDirectory));
        var intake = engine.Get<IIntake>();
        if (!intake.Kinds.Contains(kind, StringComparer.Ordinal))
            return session.Fail(new("kind-unknown", $"Nothing is taken under the name '{kind}'.", "Known are " + string.Join(", ", intake.Kinds)), ExitCode.Invalid);
        if (!Formats.TryGetValue(Path.GetExtension(file), out var format))
            return session.Fail(new("format-unknown", $"The name of {file} does not tell its form.", "Name it as it is written: " + string.Join(", ", Formats.Keys)), ExitCode.Invalid);
        if (Open(file) is not { } input)
            return session.Fail(new("file-unreadable", $"The file {file} cannot be read.", "Check the path and the rights."), ExitCode.SomethingFailed);
        await using (input)
            return Tell(session, kind, file, await intake.TakeAsync(kind, format, input, cancellation));
    }, cancellation);

    private static FileStream? Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Tell(VerbSession session, string kind, string file, IntakeReport report)
    {
        foreach (var row in report.Rows)
            session.Terminal.Say(row.Problem with { Scope = row.Id is null ? $"row {row.Row}" : $"row {row.Row}, id {row.Id}" });
        session.Terminal.Result($"{report.Taken} rows taken, {report.Refused} refused");
        session.Terminal.Document(new
        {
            outcome = report.Refused == 0 ? "succeeded" : report.Taken == 0 ? "failed" : "partial",
            kind,
            file,
            taken = report.Taken,
            refused = report.Refused,
            rows = report.Rows.Select(RefusedJson.Of),
        });
        return report.Refused == 0 ? ExitCode.Done : ExitCode.SomethingFailed;
    }
}
