using System.CommandLine;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>One verb of the command line.</summary>
internal interface IVerb
{
    string Name { get; }

    string Description { get; }

    /// <summary>Whether a service's stop signal is its ordinary end.</summary>
    bool RunsUntilStopped => false;

    IEnumerable<Argument> Arguments => [];

    IEnumerable<Option> Options => [];

    /// <summary>Verbs that stand behind this one.</summary>
    IEnumerable<IVerb> Verbs => [];

    /// <summary>Does it and gives the exit code. Only cancellation and faults of ours are thrown.</summary>
    Task<int> RunAsync(VerbSession session, CancellationToken cancellation);
}

/// <summary>All verbs, in the order of the help.</summary>
internal static class AllVerbs
{
    public static IReadOnlyList<IVerb> Of() => 
    [
        new RunVerb(), new DemoVerb(), new CheckVerb(), new ProbeVerb(), new DiscoverVerb(), new SyncVerb(), new MeasureVerb(), new ExplainVerb(), new PublishVerb(),
        new RetractVerb(), new ExportVerb(), new ImportVerb(), new BaselineVerb(), new ApiKeyVerb(), new HealthVerb(), new PluginsVerb(),
    ];
}
