using System.CommandLine;
using System.Globalization;
using TsPmo.Engine;
using TsPmo.Engine.History.Deployments;
using TsPmo.Engine.Pipeline;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;
using TsPmo.Sync.Cli.Progress;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Looks whether every tracker can be read and written as configured, changing nothing. Needs no store.</summary>
internal sealed class ProbeVerb : IVerb
{
    private readonly Option<string[]> _connectors = VerbOptions.Connectors();

    public string Name => "probe";

    public string Description => "Per connector: reachable, signed in as whom, missing permissions; changes nothing";

    public IEnumerable<Option> Options => [_connectors];

    public async Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        var probes = await ConnectorRound.RunAsync(
            session, session.Typed.GetValue(_connectors), "Asking the trackers", (setup, connector, notes) => ProbeAsync(setup, connector, notes, cancellation));
        if (probes is null)
            return ExitCode.Invalid;
        foreach (var probe in probes)
            Print(session.Terminal, probe);
        var outcome = SyncOutcomes.Together([.. probes.Select(p => p.Report.Reachable && p.Report.Problems.Count == 0 ? SyncOutcome.Succeeded : SyncOutcome.Failed)]);
        session.Terminal.Document(new { outcome, connectors = probes.Select(AsJson) });
        return outcome == SyncOutcome.Succeeded ? ExitCode.Done : ExitCode.SomethingFailed;
    }

    private static async Task<Probed> ProbeAsync(PmoSetup setup, ConnectorInstance connector, IProgress<ProgressNote> notes, CancellationToken cancellation)
    {
        var publications = setup.Definition.Projects.Values
            .SelectMany(p => p.Publications.Where(q => q.Connector == connector.Name).Select(q => new ProbePublication($"{p.Key}/{q.Name}", q.Target, q.Anchor)));
        var report = await connector.Connector.ProbeAsync(new ProbeRequest(connector.Projects, [.. publications]), cancellation);
        notes.Report(new(connector.Name, report.Reachable ? "answered" : "did not answer", IsFinished: true));
        return new(connector, report, [.. setup.Definition.Projects.Values.SelectMany(p => Misses(p, connector.Name, report))]);
    }

    /// <summary>What a project deploys to and nearly counts as production. Its rules are judged with the names that are there now, before anything was deployed.</summary>
    private static IEnumerable<(string Project, NearMiss Miss)> Misses(ProjectDefinition project, string connector, ProbeReport report)
    {
        var environments = project.Sources.Where(s => s.Connector == connector).SelectMany(s => report.Environments.GetValueOrDefault(s.Project) ?? []).Distinct(StringComparer.Ordinal);
        return NearProduction.Among(project.Deployments, environments).Select(miss => (project.Key, miss));
    }

    private static void Print(Terminal terminal, Probed probed)
    {
        var (connector, report, _) = probed;
        terminal.Result($"{connector.Name} ({connector.Type}): {(report.Reachable ? "reachable" : "not reachable")}{(report.Product is null ? "" : ", " + report.Product)}");
        Line("signed in as", report.SignedInAs ?? "nobody");
        Line("time zone", report.TimeZone);
        Line("clock skew", report.ClockSkew is { } skew ? $"{skew.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s" : null);
        Line("token expires", report.TokenExpires?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));
        Line("rate limit", report.Headroom);
        Line("projects", string.Join(", ", connector.Projects));
        foreach (var (id, reason) in report.LoudPublications.OrderBy(p => p.Key, StringComparer.Ordinal))
            Line("loud", $"{id}: {reason}");
        foreach (var (project, miss) in probed.NearMisses)
            Line("no production", $"{project}: {miss.Name}: {miss.Why}");
        foreach (var problem in report.Problems)
            terminal.Say(problem, connector.Name);

        void Line(string label, string? text)
        {
            if (!string.IsNullOrEmpty(text))
                terminal.Result($"  {label}: {text}");
        }
    }

    private static object AsJson(Probed probed) => AsJson(probed.Connector, probed.Report, probed.NearMisses);

    private static object AsJson(ConnectorInstance connector, ProbeReport report, IEnumerable<(string Project, NearMiss Miss)> misses) => new
    {
        name = connector.Name,
        type = connector.Type,
        reachable = report.Reachable,
        product = report.Product,
        signedInAs = report.SignedInAs,
        timeZone = report.TimeZone,
        clockSkewMs = report.ClockSkew is { } skew ? (long?)skew.TotalMilliseconds : null,
        tokenExpires = report.TokenExpires,
        headroom = report.Headroom,
        projects = connector.Projects,
        loud = report.LoudPublications.Select(p => new { publication = p.Key, reason = p.Value }),
        nearMisses = misses.Select(m => new { project = m.Project, name = m.Miss.Name, why = m.Miss.Why }),
        errors = report.Problems.Select(SyncError.Of),
    };

    /// <summary>What a connector answered, and which names of environments it told nearly count as production.</summary>
    private sealed record Probed(ConnectorInstance Connector, ProbeReport Report, IReadOnlyList<(string Project, NearMiss Miss)> NearMisses);
}
