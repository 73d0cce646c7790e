using System.Data.Common;
using TsPmo.Model.Governance;
using TsPmo.Plugins;
using TsPmo.Sync.Configuration.Checking;
using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;
using TsPmo.Sync.Configuration.Sources;

namespace TsPmo.Sync.Configuration;

/// <summary>A configuration without a mistake.</summary>
/// <param name="Input">Where it came from.</param>
/// <param name="Options">What it says.</param>
/// <param name="Pmo">What it says about the PMO, as the engine takes it.</param>
internal sealed record LoadedConfiguration(ConfigurationInput Input, TsPmoOptions Options, PmoDefinition Pmo)
{
    /// <summary>What is no mistake and yet not what the administrator may expect, one sentence each without a full stop.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The SQLite file of the store, as a full path.</summary>
    public string StoreFile => Input.Resolve(StoreChecks.DataSource(Options.Store) ?? "data/tspmo.db");

    /// <summary>The store's connection string with its file as a full path, so that it means the same from every working directory.</summary>
    public string StoreConnection =>
        new DbConnectionStringBuilder { ConnectionString = Options.Store.ConnectionString.Reveal(), ["Data Source"] = StoreFile }.ConnectionString;

    /// <summary>Connectors' names as they are spelt in the configuration.</summary>
    public IReadOnlyList<string> Spelling(IEnumerable<string> connectors) =>
        [.. connectors.Select(typed => Options.Connectors.Keys.First(k => k.Equals(typed, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>The tracker's projects that a connector reads: its own and those that sources name; distinct, ordered.</summary>
    public IReadOnlyList<string> ProjectsOf(string connector) =>
        [.. Options.Connectors[connector].Projects
            .Concat(Pmo.Projects.Values.SelectMany(p => p.Sources).Where(s => s.Connector == connector).Select(s => s.Project))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Pipelines that count by themselves for projects that a connector reads; distinct, ordered.</summary>
    public IReadOnlyList<string> PipelinesOf(string connector) =>
        [.. Pmo.Projects.Values.Where(p => p.Sources.Any(s => s.Connector == connector)).SelectMany(p => p.Deployments.Pipelines)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
}

/// <summary>What reading a configuration came to: the configuration, or everything that is wrong with it.</summary>
internal sealed record ConfigurationResult(LoadedConfiguration? Configuration, IReadOnlyList<SettingProblem> Problems)
{
    /// <summary>Reads and checks everything. Opens no connection.</summary>
    public static ConfigurationResult Load(ConfigurationInput input, PluginCatalog catalog)
    {
        var problems = new SettingProblems();
        var layers = ConfigurationSources.Open(input, problems);
        // What an unreadable file would have said is not known, so nothing else can be judged.
        if (problems.Any)
            return new(null, problems.Sorted);
        var options = (TsPmoOptions)new SettingReader(layers, catalog, problems).ReadSection(typeof(TsPmoOptions), ConfigurationSources.Root);
        new CrossChecks(options, catalog, input, problems).Run();
        var reports = ReportChecks.Read(input, catalog, problems);
        if (problems.Any)
            return new(null, problems.Sorted);
        foreach (var connector in options.Connectors.Values.Where(c => !string.IsNullOrEmpty(c.CaCertificate)))
            connector.CaCertificate = input.Resolve(connector.CaCertificate ?? "");
        return new(new LoadedConfiguration(input, options, PmoDefinitionBuilder.Build(options, reports)) { Notes = UnusedSettings.Notes(layers) }, []);
    }
}
