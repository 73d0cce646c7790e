using System.Net;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>Finds out which edition answers, who we are there and which fields it has.</summary>
internal sealed class JiraSignIn(JiraClient client, TimeProvider clock)
{
    private readonly bool? _pinned = client.Options.Deployment is { } edition ? edition.Equals("Cloud", StringComparison.OrdinalIgnoreCase) : null;

    /// <param name="known">What the server told of itself earlier, to be believed as long as it answers as such; null: it is asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<JiraSession> BeginAsync(ServerFacts? known, CancellationToken cancellationToken)
    {
        var (server, serverTime) = known is not null && known.IsCloud == (_pinned ?? known.IsCloud)
            ? (known, null)
            : await ServerAsync(cancellationToken);
        using var me = await client.GetAsync(JiraClient.Api(server.IsCloud) + "myself", cancellationToken, HttpStatusCode.NotFound);
        // What was a Cloud is a Data Center now, or the other way round, or never was what we remember.
        if (me.Status == HttpStatusCode.NotFound && known is not null)
            return await BeginAsync(null, cancellationToken);
        var ourTime = clock.GetUtcNow();
        var account = Account(me, server.IsCloud);
        serverTime = RateLimitHeaders.ServerTime(me.Headers) ?? serverTime ?? (await ServerAsync(cancellationToken)).Time;
        using var fields = await client.GetAsync(JiraClient.Api(server.IsCloud) + "field", cancellationToken);
        return new()
        {
            Server = server,
            Account = account,
            DisplayName = me.Root.Text("displayName") ?? account,
            Zone = Zone(me.Root.Text("timeZone")),
            ServerTime = serverTime ?? ourTime,
            OurTime = ourTime,
            Fields = FieldCatalogue.Of(fields.Root),
        };
    }

    /// <summary>Who the answer of "myself" says we are; null where it names nobody.</summary>
    public static string? AccountOf(JsonElement me, bool isCloud) => me.Text(isCloud ? "accountId" : "key") ?? me.Text("name");

    private string Account(TrackerAnswer me, bool isCloud)
    {
        if (me.Status == HttpStatusCode.NotFound)
            throw NoJira();
        return AccountOf(me.Root, isCloud)
            ?? throw new TrackerException(client.SignInFailed("it answers, but not as a signed-in user"));
    }

    /// <summary>Asks the likelier edition's path first, so that finding out costs one request where the guess is right.</summary>
    private async Task<(ServerFacts Facts, DateTimeOffset? Time)> ServerAsync(CancellationToken cancellationToken)
    {
        var first = _pinned ?? LooksLikeCloud();
        var answer = await client.GetAsync(JiraClient.Api(first) + "serverInfo", cancellationToken, HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound && _pinned is null)
        {
            answer.Dispose();
            answer = await client.GetAsync(JiraClient.Api(!first) + "serverInfo", cancellationToken, HttpStatusCode.NotFound);
        }

        using (answer)
        {
            if (answer.Status == HttpStatusCode.NotFound || answer.Root.ValueKind != JsonValueKind.Object)
                throw NoJira();
            var isCloud = _pinned ?? string.Equals(answer.Root.Text("deploymentType"), "Cloud", StringComparison.OrdinalIgnoreCase);
            var facts = new ServerFacts(isCloud, answer.Root.Text("version") ?? "", BrowseBase(answer.Root));
            return (facts, JiraTime.Instant(answer.Root.Member("serverTime")));
        }
    }

    private TrackerException NoJira() => new(new(
        "not-found",
        $"Connector '{client.Name}' finds no Jira at {client.Options.BaseUrl?.GetLeftPart(UriPartial.Path)}.",
        $"Check TsPmo:Connectors:{client.Name}:BaseUrl; on a server it includes the context path (often /jira)."));

    private bool LooksLikeCloud()
    {
        var host = client.Options.BaseUrl?.Host ?? "";
        return client.Options.GatewayInUse is not null
            || host.EndsWith(".atlassian.net", StringComparison.OrdinalIgnoreCase)
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
