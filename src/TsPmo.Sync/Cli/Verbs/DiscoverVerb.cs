using System.CommandLine;
using TsPmo.Engine.Pipeline;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Sync.Cli.Discover;
using TsPmo.Sync.Cli.Progress;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Prints a draft of projects and mappings from what the trackers show. Needs no store and writes nothing.</summary>
internal sealed class DiscoverVerb : IVerb
{
    private readonly Option<string[]> _connectors = VerbOptions.Connectors();

    public string Name => "discover";

    public string Description => "Prints a draft of Projects and Mapping from what is there; writes nothing";

    public IEnumerable<Option> Options => [_connectors];

    public async Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        var discovered = await ConnectorRound.RunAsync(
            session, session.Typed.GetValue(_connectors), "Looking at what is there", (_, connector, notes) => DiscoverAsync(connector, notes, cancellation));
        if (discovered is null)
            return ExitCode.Invalid;
        session.Terminal.Result(ConfigurationDraft.Of(discovered));
        foreach (var (connector, found) in discovered)
        {
            foreach (var problem in found.Problems)
                session.Terminal.Say(problem, connector.Name);
        }

        var outcome = SyncOutcomes.Together([.. discovered.Select(d => d.Outcome)]);
        session.Terminal.Document(new { outcome, connectors = discovered.Select(AsJson) });
        return outcome == SyncOutcome.Succeeded ? ExitCode.Done : ExitCode.SomethingFailed;
    }

    private static async Task<Discovered> DiscoverAsync(ConnectorInstance connector, IProgress<ProgressNote> notes, CancellationToken cancellation)
    {
        var found = connector.Connector is IDiscovery discovery
            ? await discovery.DiscoverAsync(cancellation)
            : new Discovery { Problems = [NotOffered(connector)] };
        notes.Report(new(connector.Name, $"{found.Projects.Count} projects", IsFinished: true));
        return new(connector, found);
    }

    private static Problem NotOffered(ConnectorInstance connector) => new(
        "discovery-not-offered",
        $"Connectors of type {connector.Type} cannot tell what is there",
        "Write its projects and mappings by hand; the sample of that type in config/samples shows how");

    private static object AsJson(Discovered discovered) => new
    {
        name = discovered.Connector.Name,
        type = discovered.Connector.Type,
        outcome = discovered.Outcome,
        projects = discovered.Found.Projects.Select(p => new { key = p.Key, name = p.Name, boards = p.Boards, environments = p.Environments, hasSprints = p.HasSprints }),
        statuses = discovered.Found.Statuses.Select(s => new { name = s.Name, state = s.State.ToString() }),
        pointsFields = discovered.Found.PointsFields.Select(f => new { id = f.Id, name = f.Name, why = f.Why }),
        errors = discovered.Found.Problems.Select(SyncError.Of),
    };
}
