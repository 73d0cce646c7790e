using System.CommandLine;
using System.Text;
using TsPmo.Engine.Reporting.Exports;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Writes what is stored for other programs.</summary>
internal sealed class ExportVerb : IVerb
{
    private readonly Argument<string> _kind = new("KIND") { Description = "What: work-items, changes, sprints, metrics and the like" };
    private readonly Option<string[]> _projects = VerbOptions.Projects();
    private readonly Option<DateTimeOffset?> _asOf = VerbOptions.AsOf();
    private readonly Option<string> _format = new("--format") { Description = "ndjson (default) or csv", DefaultValueFactory = _ => "ndjson" };
    private readonly Option<string?> _file = new("-o", "--output") { Description = "File to write instead of standard output", HelpName = "FILE" };

    public ExportVerb() => _format.AcceptOnlyFromAmong("ndjson", "csv");

    public string Name => "export";

    public string Description => "Writes one kind of data as NDJSON or CSV";

    public IEnumerable<Argument> Arguments => [_kind];

    public IEnumerable<Option> Options => [_projects, _asOf, _format, _file];

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        var request = new ExportRequest
        {
            Kind = session.Typed.GetRequiredValue(_kind),
            Format = session.Typed.GetValue(_format) == "csv" ? ExportFormat.Csv : ExportFormat.Ndjson,
            Projects = session.Typed.GetValue(_projects) ?? [],
            AsOf = session.Typed.GetValue(_asOf),
        };
        return session.WithEngineAsync(new Chosen(Projects: request.Projects), async engine =>
        {
            var exports = engine.Get<IExports>();
            if (!exports.Kinds.Contains(request.Kind, StringComparer.Ordinal))
                return session.Fail(new("kind-unknown", $"There is no kind '{request.Kind}'.", "Known are " + string.Join(", ", exports.Kinds)), ExitCode.Invalid);
            return session.Typed.GetValue(_file) is { } file
                ? await ToFileAsync(session, exports, request, Path.GetFullPath(file, session.Machine.WorkingDirectory), cancellation)
                : await ToOutputAsync(session, exports, request, cancellation);
        }, cancellation);
    }

    private static async Task<int> ToOutputAsync(VerbSession session, IExports exports, ExportRequest request, CancellationToken cancellation)
    {
        await using var output = session.Terminal.IsJson && request.Format == ExportFormat.Ndjson
            ? (Stream)new JsonArrayStream(session.Machine.OpenOut())
            : session.Machine.OpenOut();
        var problem = await exports.WriteAsync(request, output, cancellation);
        return problem is null ? ExitCode.Done : session.Fail(problem, ExitCode.SomethingFailed);
    }

    /// <summary>A half-written file never stands under the name that was asked for.</summary>
    private static async Task<int> ToFileAsync(VerbSession session, IExports exports, ExportRequest request, string file, CancellationToken cancellation)
    {
        var part = file + ".part";
        try
        {
            await using (var output = File.Create(part))
            {
                if (await exports.WriteAsync(request, output, cancellation) is { } problem)
                    return session.Fail(problem, ExitCode.SomethingFailed);
            }

            File.Move(part, file, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return session.Fail(new("file-unwritable", $"The file {file} cannot be written.", "Check the folder, the rights and the disk."), ExitCode.SomethingFailed);
        }
        finally
        {
            File.Delete(part);
        }

        session.Terminal.Result($"Written to {file}");
        session.Terminal.Document(new { outcome = "succeeded", kind = request.Kind, file });
        return ExitCode.Done;
    }
}
