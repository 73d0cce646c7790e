using System.CommandLine;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>One verb of the command line.</summary>
internal interface IVerb
{
    string Name { get; }

    string Description { get; }

    IEnumerable<Argument> Arguments => [];

    IEnumerable<Option> Options => [];

    /// <summary>Does it and gives the exit code. Only cancellation and faults of ours are thrown.</summary>
    Task<int> RunAsync(VerbSession session, CancellationToken cancellation);
}

/// <summary>All verbs, in the order of the help.</summary>
internal static class AllVerbs
{
    public static IReadOnlyList<IVerb> Of() => [new RunVerb(), new CheckVerb(), new PluginsVerb()];
}
