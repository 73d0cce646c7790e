using System.CommandLine;
using TsPmo.Engine.Pipeline;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Sync.Cli.Discover;
using TsPmo.Sync.Cli.Progress;
using TsPmo.Sync.Composition;
using TsPmo.Sync.Configuration;

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
        var named = session.Typed.GetValue(_connectors);
        if (session.Configuration() is not { } configuration || !session.AllKnown(configuration, new Chosen(Connectors: named)))
            return ExitCode.Invalid;
        using var pmo = new ConfiguredPmo(new CurrentConfiguration(configuration), session.Catalog, session.Machine.Clock);
        var chosen = pmo.Current.Connectors.Where(c => named is not { Length: > 0 } || named.Contains(c.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        var discovered = await new ProgressDisplay(session.Terminal, session.Machine.Clock).RunAsync(
            "Looking at what is there", notes => Task.WhenAll(chosen.Select(c => DiscoverAsync(c, notes, cancellation))));
        session.Terminal.Result(ConfigurationDraft.Of(discovered));
        foreach (var (connector, found) in discovered)
        {
            foreach (var problem in found.Problems)
                session.Terminal.Say(problem, connector.Name);
        }

        var outcome = Outcome(discovered);
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

    private static SyncOutcome Outcome(IReadOnlyList<Discovered> discovered) =>
        discovered.All(d => d.Outcome == SyncOutcome.Succeeded) ? SyncOutcome.Succeeded
        : discovered.All(d => d.Outcome == SyncOutcome.Failed) ? SyncOutcome.Failed
        : SyncOutcome.Partial;

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
