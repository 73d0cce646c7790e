namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Hosts the scheduler and the web console until stopped.</summary>
internal sealed class RunVerb : IVerb
{
    public string Name => "run";

    public string Description => "Hosts the scheduler and the web console until stopped (the default)";

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) =>
        Task.FromResult(session.Configuration() is null ? ExitCode.Invalid : ExitCode.Done);
}
