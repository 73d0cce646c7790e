using System.CommandLine;
using TsPmo.Engine.Pipeline.Publish;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Takes back everything that was ever published. A project that is no longer configured can be named too.</summary>
internal sealed class RetractVerb : IVerb
{
    private readonly Option<string[]> _projects = VerbOptions.Projects();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only show what would be removed" };

    public string Name => "retract";

    public string Description => "Removes everything that publish ever wrote and leaves all else as it was";

    public IEnumerable<Option> Options => [_projects, _dryRun];

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        var request = new PublishRequest(session.Typed.GetValue(_projects), session.Typed.GetValue(_dryRun));
        return session.WithEngineAsync(new Chosen(), async engine =>
        {
            var report = await PublicationReports.WatchAsync(
                session, request.DryRun ? "Looking at what would be removed" : "Taking back", progress => engine.Get<RetractPass>().RunAsync(request, progress, cancellation));
            return PublicationReports.Finish(session, report, request.DryRun);
        }, cancellation);
    }
}
