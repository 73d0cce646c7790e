using TsPmo.Engine.Storage;
using TsPmo.Sync.Web;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Hosts the scheduler and the web console until stopped.</summary>
internal sealed class RunVerb : IVerb
{
    public string Name => "run";

    public string Description => "Hosts the scheduler and the web console until stopped (the default)";

    public bool RunsUntilStopped => true;

    public async Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        if (session.Configuration() is not { } configuration)
            return ExitCode.Invalid;
        return await HostAsync(session, new WebHostParts(configuration, session.Catalog, session.Machine.Clock, session.ConfigureHostLog), cancellation);
    }

    /// <summary>Hosts until the token is cancelled, which is the ordinary end.</summary>
    public static async Task<int> HostAsync(VerbSession session, WebHostParts parts, CancellationToken cancellation)
    {
        await using var app = WebHost.Build(parts);
        if (await app.Services.GetRequiredService<IStore>().OpenAsync(cancellation) is { } problem)
            return session.Fail(problem, ExitCode.StoreUnusable);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException)
        {
            return session.Fail(
                new("address-in-use", $"The console cannot listen on {parts.Configuration.Options.Console.Urls}: another program does, or it is no address of this machine.",
                    "Stop the other program or change TsPmo:Console:Urls."),
                ExitCode.SomethingFailed);
        }

        session.Terminal.Say($"The console is at {string.Join(", ", app.Urls)}. Stop with Ctrl-C.");
        if (parts.Configuration.Options.Connectors.Count == 0)
            session.Terminal.Say("No tracker is configured yet: add one below TsPmo:Connectors, see config/samples.");
        await app.WaitForShutdownAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        return ExitCode.Done;
    }
}
