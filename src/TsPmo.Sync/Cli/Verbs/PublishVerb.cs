using System.CommandLine;
using TsPmo.Engine.Pipeline.Publish;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Writes the consolidated status back.</summary>
internal sealed class PublishVerb : IVerb
{
    private readonly Option<string[]> _projects = VerbOptions.Projects();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only show each write as a difference to what stands there now" };

    public string Name => "publish";

    public string Description => "Writes the consolidated status into the trackers";

    public IEnumerable<Option> Options => [_projects, _dryRun];

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        var request = new PublishRequest(session.Typed.GetValue(_projects), session.Typed.GetValue(_dryRun));
        return session.WithEngineAsync(new Chosen(Projects: request.Projects), async engine =>
        {
            var report = await PublicationReports.WatchAsync(
                session, request.DryRun ? "Looking at what would be written" : "Writing back", progress => engine.Get<PublishPass>().RunAsync(request, progress, cancellation));
            return PublicationReports.Finish(session, report, request.DryRun);
        }, cancellation);
    }
}
