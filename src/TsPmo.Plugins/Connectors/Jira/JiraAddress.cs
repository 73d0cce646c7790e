using System.Text.Json;
using TsPmo.Model;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>
/// Where a Jira's API is: at its own address or behind the gateway. For the latter the site is asked, without a credential, for its cloud id. The
/// site answers that to anybody, so it serves every kind of sign-in alike.
/// </summary>
internal sealed class JiraAddress(string connector, JiraOptions options)
{
    private volatile string? _prefix = options.GatewayInUse is null ? "" : null;

    /// <summary>What stands before every path of the API.</summary>
    public async Task<string> PrefixAsync(TrackerHttp http, CancellationToken cancellationToken) =>
        _prefix ??= $"ex/jira/{Uri.EscapeDataString(await CloudIdAsync(http, cancellationToken))}/";

    private async Task<string> CloudIdAsync(TrackerHttp http, CancellationToken cancellationToken)
    {
        var site = options.BaseUrl?.GetLeftPart(UriPartial.Authority) ?? "";
        try
        {
            using var answer = await http.SendAsync(new(HttpMethod.Get, site + "/_edge/tenant_info") { IsAnonymous = true }, cancellationToken);
            return answer.Root.ValueKind == JsonValueKind.Object && answer.Root.Text("cloudId") is { Length: > 0 } id
                ? id
                : throw new TrackerException(Unknown(site, retryable: false));
        }
        catch (TrackerException e) when (e.Problem.Code != "cloud-id-unknown")
        {
            throw new TrackerException(Unknown(site, e.Problem.Retryable), e.Status);
        }
    }

    private Problem Unknown(string site, bool retryable) => new(
        "cloud-id-unknown",
        $"Connector '{connector}' goes through the gateway, and {site} does not tell the cloud id that this needs.",
        $"Check TsPmo:Connectors:{connector}:BaseUrl: it must be the address of the site. Or write the gateway with the cloud id there ({options.GatewayInUse?.AbsoluteUri.TrimEnd('/')}/ex/jira/CLOUD-ID) and leave Gateway out.")
    { Retryable = retryable };
}
