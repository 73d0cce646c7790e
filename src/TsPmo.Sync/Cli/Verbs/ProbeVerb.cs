using System.CommandLine;
using System.Globalization;
using TsPmo.Engine;
using TsPmo.Engine.Pipeline;
using TsPmo.Model.Contracts;
using TsPmo.Sync.Cli.Progress;
using TsPmo.Sync.Composition;
using TsPmo.Sync.Configuration;

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
        var named = session.Typed.GetValue(_connectors);
        if (session.Configuration() is not { } configuration || !session.AllKnown(configuration, new Chosen(Connectors: named)))
            return ExitCode.Invalid;
        using var pmo = new ConfiguredPmo(new CurrentConfiguration(configuration), session.Catalog, session.Machine.Clock);
        var chosen = pmo.Current.Connectors.Where(c => named is not { Length: > 0 } || named.Contains(c.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        var probes = await new ProgressDisplay(session.Terminal, session.Machine.Clock).RunAsync(
            "Asking the trackers", notes => Task.WhenAll(chosen.Select(c => ProbeAsync(pmo.Current, c, notes, cancellation))));
        foreach (var (connector, report) in probes)
            Print(session.Terminal, connector, report);
        session.Terminal.Document(new { outcome = Outcome(probes), connectors = probes.Select(p => AsJson(p.Connector, p.Report)) });
        return Outcome(probes) == SyncOutcome.Succeeded ? ExitCode.Done : ExitCode.SomethingFailed;
    }

    private static async Task<(ConnectorInstance Connector, ProbeReport Report)> ProbeAsync(PmoSetup setup, ConnectorInstance connector, IProgress<ProgressNote> notes, CancellationToken cancellation)
    {
        var publications = setup.Definition.Projects.Values
            .SelectMany(p => p.Publications.Where(q => q.Connector == connector.Name).Select(q => new ProbePublication($"{p.Key}/{q.Name}", q.Target, q.Anchor)));
        var report = await connector.Connector.ProbeAsync(new ProbeRequest(connector.Projects, [.. publications]), cancellation);
        notes.Report(new(connector.Name, report.Reachable ? "answered" : "did not answer", IsFinished: true));
        return (connector, report);
    }

    private static SyncOutcome Outcome(IReadOnlyList<(ConnectorInstance Connector, ProbeReport Report)> probes)
    {
        var failed = probes.Count(p => !p.Report.Reachable || p.Report.Problems.Count > 0);
        return failed == 0 ? SyncOutcome.Succeeded : failed == probes.Count ? SyncOutcome.Failed : SyncOutcome.Partial;
    }

    private static void Print(Terminal terminal, ConnectorInstance connector, ProbeReport report)
    {
        terminal.Result($"{connector.Name} ({connector.Type}): {(report.Reachable ? "reachable" : "not reachable")}{(report.Product is null ? "" : ", " + report.Product)}");
        Line("signed in as", report.SignedInAs ?? "nobody");
        Line("time zone", report.TimeZone);
        Line("clock skew", report.ClockSkew is { } skew ? $"{skew.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s" : null);
        Line("token expires", report.TokenExpires?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));
        Line("rate limit", report.Headroom);
        Line("projects", string.Join(", ", connector.Projects));
        foreach (var (id, reason) in report.LoudPublications.OrderBy(p => p.Key, StringComparer.Ordinal))
            Line("loud", $"{id}: {reason}");
        foreach (var problem in report.Problems)
            terminal.Say(problem, connector.Name);

        void Line(string label, string? text)
        {
            if (!string.IsNullOrEmpty(text))
                terminal.Result($"  {label}: {text}");
        }
    }

    private static object AsJson(ConnectorInstance connector, ProbeReport report) => new
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
        errors = report.Problems.Select(SyncError.Of),
    };
}
