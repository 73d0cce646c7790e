using System.Net;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>Finds out which edition answers, who we are there and which fields it has.</summary>
internal sealed class JiraSignIn(JiraClient client, TimeProvider clock)
{
    /// <param name="isCloud">The edition where it is known; null: it is found out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<JiraSession> BeginAsync(bool? isCloud, CancellationToken cancellationToken)
    {
        using var server = await ServerAsync(isCloud, cancellationToken);
        var cloud = isCloud ?? string.Equals(server.Root.Text("deploymentType"), "Cloud", StringComparison.OrdinalIgnoreCase);
        var ourTime = clock.GetUtcNow();
        using var me = await client.GetAsync(JiraClient.Api(cloud) + "myself", cancellationToken);
        var account = me.Root.Text(cloud ? "accountId" : "key") ?? me.Root.Text("name")
            ?? throw new TrackerException(client.SignInFailed("it answers, but not as a signed-in user"));
        using var fields = await client.GetAsync(JiraClient.Api(cloud) + "field", cancellationToken);
        return new()
        {
            IsCloud = cloud,
            Version = server.Root.Text("version") ?? "",
            Account = account,
            DisplayName = me.Root.Text("displayName") ?? account,
            Zone = Zone(me.Root.Text("timeZone")),
            ServerTime = JiraTime.Instant(server.Root.Member("serverTime")) ?? RateLimitHeaders.ServerTime(server.Headers) ?? ourTime,
            OurTime = ourTime,
            BrowseBase = BrowseBase(server.Root),
            Headroom = RateLimitHeaders.Headroom(me.Headers),
            Fields = FieldCatalogue.Of(fields.Root),
        };
    }

    /// <summary>Asks the likelier edition's path first, so that finding out costs one request where the guess is right.</summary>
    private async Task<TrackerAnswer> ServerAsync(bool? isCloud, CancellationToken cancellationToken)
    {
        var first = isCloud ?? LooksLikeCloud();
        var answer = await client.GetAsync(JiraClient.Api(first) + "serverInfo", cancellationToken, HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound && isCloud is null)
        {
            answer.Dispose();
            answer = await client.GetAsync(JiraClient.Api(!first) + "serverInfo", cancellationToken, HttpStatusCode.NotFound);
        }

        if (answer.Status != HttpStatusCode.NotFound && answer.Root.ValueKind == JsonValueKind.Object)
            return answer;
        answer.Dispose();
        throw new TrackerException(new(
            "not-found",
            $"Connector '{client.Name}' finds no Jira at {client.Options.BaseUrl?.GetLeftPart(UriPartial.Path)}.",
            $"Check TsPmo:Connectors:{client.Name}:BaseUrl; on a server it includes the context path (often /jira)."));
    }

    private bool LooksLikeCloud()
    {
        var host = client.Options.BaseUrl?.Host ?? "";
        return host.EndsWith(".atlassian.net", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith("api.atlassian.com", StringComparison.OrdinalIgnoreCase)
            || client.Options.Auth.User?.Contains('@', StringComparison.Ordinal) == true;
    }

    /// <summary>Behind the gateway nobody opens an address, so there the site's own one is shown.</summary>
    private string BrowseBase(JsonElement server)
    {
        var configured = client.Options.BaseUrl?.AbsoluteUri ?? "";
        var shown = configured.Contains("/ex/jira/", StringComparison.Ordinal) ? server.Text("baseUrl") ?? configured : configured;
        return shown.TrimEnd('/') + "/";
    }

    private static TimeZoneInfo? Zone(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;
}
