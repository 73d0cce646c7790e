using System.CommandLine;

namespace TsPmo.Sync.Cli;

/// <summary>The options that every verb takes, before or after its name.</summary>
internal sealed class GlobalOptions
{
    public Option<string[]> Config { get; } = new("--config")
    {
        Description = "Configuration file, instead of appsettings.json beside the application; may be repeated, later ones win",
        HelpName = "FILE",
        Recursive = true,
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "One JSON document on standard output and nothing else there", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "A detailed log on standard error", Recursive = true };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours", Recursive = true };

    public IEnumerable<Option> All => [Config, Json, Verbose, NoColor];
}
