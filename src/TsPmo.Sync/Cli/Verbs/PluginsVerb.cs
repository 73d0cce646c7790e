namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Lists what is plugged in.</summary>
internal sealed class PluginsVerb : IVerb
{
    public string Name => "plugins";

    public string Description => "Lists connectors with their publish targets, and metrics";

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        var catalog = session.Catalog;
        var table = Terminal.NewTable("kind", "name", "what it is");
        foreach (var connector in catalog.Connectors)
            Terminal.AddRow(table, "connector", connector.Type, "publishes to " + string.Join(", ", catalog.Targets(connector.Type).DefaultIfEmpty("nothing")));
        foreach (var metric in catalog.Definitions)
            Terminal.AddRow(table, "metric", metric.Name, $"{metric.Label} [{metric.Unit}]");
        session.Terminal.Result(table);
        session.Terminal.Document(new
        {
            connectors = catalog.Connectors.Select(c => new { type = c.Type, targets = catalog.Targets(c.Type) }),
            metrics = catalog.Definitions.Select(d => new { name = d.Name, label = d.Label, unit = d.Unit }),
        });
        return Task.FromResult(ExitCode.Done);
    }
}
