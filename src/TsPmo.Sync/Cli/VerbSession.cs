using System.CommandLine;
using TsPmo.Engine.Pipeline;
using TsPmo.Model;
using TsPmo.Plugins;
using TsPmo.Sync.Composition;
using TsPmo.Sync.Configuration;
using TsPmo.Sync.Configuration.Reading;
using TsPmo.Sync.Configuration.Sources;
using TsPmo.Sync.Logging;

namespace TsPmo.Sync.Cli;

/// <summary>One invocation of a verb: what was typed, where to answer, and the configuration it works by.</summary>
internal sealed class VerbSession
{
    private readonly Lazy<PluginCatalog> _catalog = new(PluginCatalog.Scan);

    public VerbSession(Machine machine, ParseResult typed, GlobalOptions options)
    {
        Machine = machine;
        Typed = typed;
        IsVerbose = typed.GetValue(options.Verbose);
        Terminal = new Terminal(machine, typed.GetValue(options.Json), typed.GetValue(options.NoColor));
        Input = new ConfigurationInput
        {
            ApplicationDirectory = machine.ApplicationDirectory,
            EnvironmentName = machine.EnvironmentName,
            Files = [.. (typed.GetValue(options.Config) ?? []).Select(f => Path.GetFullPath(f, machine.WorkingDirectory))],
        };
    }

    public Machine Machine { get; }

    public ParseResult Typed { get; }

    public Terminal Terminal { get; }

    public bool IsVerbose { get; }

    public ConfigurationInput Input { get; }

    public PluginCatalog Catalog => _catalog.Value;

    /// <summary>The configuration; null when it has mistakes, which then have been reported: end with <see cref="ExitCode.Invalid"/>.</summary>
    public LoadedConfiguration? Configuration() => Accept(ConfigurationResult.Load(Input, Catalog));

    /// <summary>The configuration of a result, or null after its mistakes have been reported.</summary>
    public LoadedConfiguration? Accept(ConfigurationResult result)
    {
        if (result.Configuration is null)
            Report(result.Problems);
        return result.Configuration;
    }

    /// <summary>Where the log of a verb goes: standard error, warnings only, or everything where that was asked for.</summary>
    public void ConfigureLog(ILoggingBuilder logging) => LogOutput.Configure(logging, IsVerbose ? LogLevel.Debug : LogLevel.Warning, Machine.Clock);

    /// <summary>The log of a host, which also tells what it does.</summary>
    public void ConfigureHostLog(ILoggingBuilder logging) => LogOutput.Configure(logging, IsVerbose ? LogLevel.Debug : LogLevel.Information, Machine.Clock);

    /// <summary>Does work that needs a valid configuration and the store; whatever is missing is reported and decides the exit code.</summary>
    public async Task<int> WithEngineAsync(Chosen chosen, Func<OpenEngine, Task<int>> work, CancellationToken cancellation)
    {
        if (Configuration() is not { } configuration || !AllKnown(configuration, chosen))
            return ExitCode.Invalid;
        var (engine, problem) = await OpenEngine.OpenAsync(configuration, Catalog, Machine.Clock, ConfigureLog, cancellation);
        if (problem is not null)
            return Fail(problem, ExitCode.StoreUnusable);
        await using (engine)
            return engine is null ? ExitCode.StoreUnusable : await work(engine);
    }

    /// <summary>Whether every connector and project that was typed is configured; the others are reported.</summary>
    public bool AllKnown(LoadedConfiguration configuration, Chosen chosen)
    {
        var problems = Unknown("connector", chosen.Connectors, configuration.Options.Connectors.Keys)
            .Concat(Unknown("project", chosen.Projects, configuration.Options.Projects.Keys)).ToList();
        foreach (var problem in problems)
            Terminal.Say(problem);
        if (problems.Count > 0)
            Terminal.Document(new { outcome = "invalid", problems = problems.Select(p => new { key = (string?)null, value = p.Scope, message = p.Message, remedy = p.Remedy }) });
        return problems.Count == 0;
    }

    /// <summary>Reports the one thing that kept a verb from its result.</summary>
    public int Fail(Problem problem, int exitCode)
    {
        Terminal.Say(problem);
        Terminal.Document(new { outcome = "failed", errors = new[] { SyncError.Of(problem) } });
        return exitCode;
    }

    private static IEnumerable<Problem> Unknown(string noun, IReadOnlyCollection<string>? typed, IEnumerable<string> known)
    {
        var names = known.ToList();
        return (typed ?? []).Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => new Problem($"{noun}-unknown", $"No {noun} is called '{name}'", NearestName.Advice(name, names)) { Scope = name });
    }

    private void Report(IReadOnlyList<SettingProblem> problems)
    {
        Terminal.Say(problems.Count == 1 ? "The configuration has one mistake:" : $"The configuration has {problems.Count} mistakes:");
        foreach (var problem in problems)
            Terminal.Say("  " + problem);
        Terminal.Document(new
        {
            outcome = "invalid",
            problems = problems.Select(p => new { key = p.Key, value = p.Value, message = p.Wrong, remedy = p.Right }),
        });
    }
}

/// <summary>Names that were typed to narrow what a verb works on; null or empty: everything.</summary>
internal sealed record Chosen(IReadOnlyCollection<string>? Connectors = null, IReadOnlyCollection<string>? Projects = null);
