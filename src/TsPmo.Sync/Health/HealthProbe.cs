using TsPmo.Model;

namespace TsPmo.Sync.Health;

/// <summary>Asks a running host on this machine whether it is ready.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Null when it is ready; else what is wrong.</summary>
    public static async Task<Problem?> AskAsync(Uri address, CancellationToken cancellation)
    {
        var ready = new Uri(address, HealthEndpoints.ReadyPath);
        // Loopback needs none of the retries, limits and signatures that trackers need.
#pragma warning disable RS0030
        using var client = new HttpClient(Handler()) { Timeout = Patience };
#pragma warning restore RS0030
        try
        {
            using var answer = await client.GetAsync(ready, cancellation);
            return answer.IsSuccessStatusCode
                ? null
                : new Problem("not-ready", $"The host at {ready} answers that it is not ready ({(int)answer.StatusCode}).", "See its log.") { Retryable = true };
        }
        catch (Exception fault) when (fault is HttpRequestException || fault is TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return new Problem("unreachable", $"No host answers at {ready}.", "Start it with tspmo run, or check TsPmo:Console:Urls.") { Retryable = true };
        }
    }

    /// <summary>The certificate of our own loopback listener is made for the name that people use, not for this address.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        SslOptions = new() { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null },
    };
}
