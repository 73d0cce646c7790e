using System.CommandLine;
using Microsoft.Extensions.Logging;
using TsPmo.Plugins;
using TsPmo.Sync.Configuration;
using TsPmo.Sync.Configuration.Reading;
using TsPmo.Sync.Configuration.Sources;

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
    public LoadedConfiguration? Configuration()
    {
        var result = ConfigurationResult.Load(Input, Catalog);
        if (result.Configuration is null)
            Report(result.Problems);
        return result.Configuration;
    }

    /// <summary>Logs on standard error: warnings, or everything where that was asked for.</summary>
    public ILoggerFactory OpenLog(LogLevel usual = LogLevel.Warning) =>
        LoggerFactory.Create(logging => LogOutput.Configure(logging, IsVerbose ? LogLevel.Debug : usual, Terminal.IsJson));

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
