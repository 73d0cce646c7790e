using System.Net;
using TsPmo.Model;

namespace TsPmo.Plugins.Http;

/// <summary>The failures of talking to one host, in the administrator's words. Every message names the connector; none carries a credential.</summary>
/// <param name="connector">Its name in the configuration.</param>
/// <param name="address">The host that is talked to.</param>
/// <param name="setting">The connector's key that names the host.</param>
internal sealed class TrackerProblems(string connector, Uri address, string setting = "BaseUrl")
{
    /// <summary>Code of a refused or missing sign-in.</summary>
    public const string AuthenticationFailed = "authentication-failed";

    private readonly string _host = address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Whether every part would fail in the same way, so that reading on makes no sense.</summary>
    public static bool ConcernsAll(Problem problem) =>
        problem.Code is AuthenticationFailed or "unreachable" or "rate-limited" or "insecure-address" or "certificate-unreadable";

    public Problem SignInFailed(string evidence, string? remedy = null) => new(
        AuthenticationFailed,
        $"Connector '{connector}' could not sign in to {_host}: {evidence}.",
        remedy ?? $"Check TsPmo:Connectors:{connector}:Auth (kind, user, secret) and that the token has not expired, has not been revoked and has the permissions it needs.");

    public Problem ScopeMissing(string what) => new(
        "scope-missing",
        $"The token of connector '{connector}' is good, but lacks the scope that {what} needs.",
        "Give the token (or the OAuth client) the scopes that this connector's documentation lists; a token's scopes are chosen when it is made, so usually a new one is needed.");

    public Problem Status(HttpStatusCode status, string what, string? words)
    {
        var told = words is null ? "" : $" It says: {words}";
        return (int)status switch
        {
            401 => SignInFailed($"it answered 401 to {what}.{told}".TrimEnd('.')),
            403 => new("forbidden", $"Connector '{connector}' is not allowed to do {what}.{told}", "Give the account the missing permission or the token the missing scope."),
            404 => new("not-found", $"{_host} has nothing at {what} that connector '{connector}' can see.{told}", "Check the name or id, and that the account may see it: what is hidden looks like what is missing."),
            410 => new("gone", $"{_host} no longer offers {what}.{told}", "This version of the tracker has removed the call; an update of TsPmo.Sync is needed."),
            429 => new("rate-limited", $"{_host} limits connector '{connector}' and went on doing so after waiting.{told}", $"It goes on in the next run. Lower TsPmo:Connectors:{connector}:RequestsPerSecond if this happens often.") { Retryable = true },
            408 or >= 500 => new("server-error", $"{_host} answered {(int)status} to {what}.{told}", "It is tried again in the next run. If it stays, ask the tracker's administrator.") { Retryable = true },
            _ => new("refused", $"{_host} refused {what} with status {(int)status}.{told}", "See what the tracker says; check the configuration of this connector."),
        };
    }

    public Problem Redirected(string what, Uri? to) =>
        SignInFailed(to is null ? $"{what} was redirected" : $"{what} was redirected to {Shown(to)}",
            $"Usually a sign-in page stands before the tracker. Check TsPmo:Connectors:{connector}:{setting} and Auth; the address must be the one that answers itself.");

    public Problem Unreachable(string why) => new(
        "unreachable",
        $"Connector '{connector}' cannot reach {_host}: {why}.",
        $"Check TsPmo:Connectors:{connector}:{setting}, Proxy, CaCertificate and the network.") { Retryable = true };

    public Problem TimedOut(string what, TimeSpan timeout) => new(
        "timeout",
        $"{_host} did not finish {what} within {timeout.TotalSeconds.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)} s.",
        $"It is tried again in the next run. Raise TsPmo:Connectors:{connector}:Timeout if the tracker is slow.") { Retryable = true };

    public Problem Garbled(string what) => new(
        "unexpected-answer",
        $"{_host} answered {what} with something that is not complete JSON.",
        "It is tried again in the next run. If it stays, look for a proxy that changes answers.") { Retryable = true };

    public Problem TooLarge(string what, long limit) => new(
        "unexpected-answer",
        $"{_host} answered {what} with more than {limit / (1024 * 1024)} MiB.",
        "Narrow what is read (projects, HistorySince) or tell the developers which call it was.");

    public Problem Paused(TimeSpan? wait) => new(
        "unreachable",
        $"{_host} failed many times in a row; connector '{connector}' leaves it alone for {(int)Math.Ceiling((wait ?? TimeSpan.Zero).TotalSeconds)} s.",
        "It is tried again in the next run. If it stays, ask the tracker's administrator.") { Retryable = true };

    public Problem QuotaSpent(TimeSpan wait) => new(
        "rate-limited",
        $"{_host} lets connector '{connector}' ask nothing for another {(int)Math.Ceiling(wait.TotalMinutes)} min: its quota is spent.",
        "It goes on in the first run after that. Lower how often it runs, or what it reads, if this happens often.") { Retryable = true };

    public Problem OtherHost(Uri target) => new(
        "unexpected-answer",
        $"Connector '{connector}' was sent to {Shown(target)}, which is not its tracker; nothing was sent there.",
        $"Check TsPmo:Connectors:{connector}:BaseUrl: it must be the address the tracker itself uses.");

    public Problem Insecure() => new(
        "insecure-address",
        $"Connector '{connector}' would send its credential to {_host} without encryption.",
        $"Use https, or set TsPmo:Connectors:{connector}:AllowInsecureHttp to true if you accept that.");

    public Problem CertificateUnreadable() => new(
        "certificate-unreadable",
        $"Connector '{connector}' cannot read its CA certificate.",
        $"TsPmo:Connectors:{connector}:CaCertificate must be the path of a readable PEM file with at least one certificate.");

    private static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
