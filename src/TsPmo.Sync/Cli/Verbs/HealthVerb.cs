using TsPmo.Sync.Configuration.Reading;
using TsPmo.Sync.Health;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Asks the running host on this machine whether it is ready.</summary>
internal sealed class HealthVerb : IVerb
{
    public string Name => "health";

    public string Description => "Exits 0 when the running host is ready, else 1";

    public async Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        if (session.Configuration() is not { } configuration)
            return ExitCode.Invalid;
        var address = SettingForms.ListenAddresses(configuration.Options.Console.Urls)![0];
        // A host that listens on every address is asked on the one that is surely there.
        var local = address.Host is "0.0.0.0" or "[::]" ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri : address;
        if (await HealthProbe.AskAsync(local, cancellation) is { } problem)
            return session.Fail(problem, ExitCode.SomethingFailed);
        session.Terminal.Result("ready");
        session.Terminal.Document(new { outcome = "ready" });
        return ExitCode.Done;
    }
}
