using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Plugins.Http;

/// <summary>A token that was given for client credentials.</summary>
/// <param name="text">What is sent.</param>
/// <param name="renewAt">When it is replaced, a little before it expires.</param>
/// <param name="expires">When it expires.</param>
internal sealed class AccessToken(string text, DateTimeOffset renewAt, DateTimeOffset expires)
{
    public string Text => text;

    public DateTimeOffset RenewAt => renewAt;

    public DateTimeOffset Expires => expires;
}

/// <summary>
/// Exchanges client credentials for tokens (RFC 6749, 4.4), one exchange at a time. The host that gives them out is sent the client's secret, in
/// the body, and nothing else; the tracker is sent the token and never the secret.
/// </summary>
internal sealed class AccessTokens(AuthOptions auth, Uri address, string? scope, Exchange exchange, TimeProvider clock)
{
    private static readonly TimeSpan LifetimeWhenNotTold = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private Task<AccessToken>? _underWay;
    private volatile AccessToken? _latest;

    /// <summary>The token given last; null before the first.</summary>
    public AccessToken? Latest => _latest;

    /// <summary>What a refused exchange means, for the dialect of the token's host.</summary>
    public static string? Refusal(string connector, HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? $"Check TsPmo:Connectors:{connector}:Auth (ClientId, Secret, Scope, Tenant, TokenUrl): that the client exists, its secret has not expired and it may be given that scope."
            : null;

    /// <summary>The host's own words: the standard's description, or its code.</summary>
    public static string? Words(JsonElement body) =>
        body.ValueKind != JsonValueKind.Object ? null : Text(body, "error_description") ?? Text(body, "error") ?? Text(body, "message");

    /// <summary>A token that is good for a while, other than one that the tracker refused.</summary>
    public async Task<AccessToken> CurrentAsync(AccessToken? refused, CancellationToken cancellationToken)
    {
        Task<AccessToken> fetched;
        lock (_gate)
        {
            if (Usable(refused) is { } known)
                return known;
            // The exchange serves all who wait for it, so none of them can cancel it; its own time limit ends it.
            fetched = _underWay is { IsCompleted: false } ? _underWay : _underWay = FetchAsync(CancellationToken.None);
        }

        return await fetched.WaitAsync(cancellationToken);
    }

    private AccessToken? Usable(AccessToken? refused) =>
        _latest is { } token && token != refused && clock.GetUtcNow() < token.RenewAt ? token : null;

    private async Task<AccessToken> FetchAsync(CancellationToken cancellationToken)
    {
        var request = new TrackerRequest(HttpMethod.Post, address.AbsolutePath.TrimStart('/'));
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(Form()) };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var asked = clock.GetUtcNow();
        using var answer = await exchange.RunAsync(request, message, cancellationToken);
        if (answer.Root.ValueKind != JsonValueKind.Object || Text(answer.Root, "access_token") is not { Length: > 0 } text)
            throw new TrackerException(exchange.Problems.Garbled(AnswerReader.Shown(request)));
        var lifetime = Lifetime(answer.Root);
        var margin = lifetime / 10 < LongestMargin ? lifetime / 10 : LongestMargin;
        return _latest = new(text, asked + lifetime - margin, asked + lifetime);
    }

    private IEnumerable<KeyValuePair<string, string>> Form()
    {
        yield return new("grant_type", "client_credentials");
        yield return new("client_id", auth.ClientId ?? "");
        yield return new("client_secret", auth.Secret?.Reveal() ?? "");
        if (!string.IsNullOrWhiteSpace(scope))
            yield return new("scope", scope);
    }

    private static TimeSpan Lifetime(JsonElement answer)
    {
        var told = answer.TryGetProperty("expires_in", out var value) ? value.ToString() : "";
        return double.TryParse(told, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 10_000_000
            ? TimeSpan.FromSeconds(seconds)
            : LifetimeWhenNotTold;
    }

    private static string? Text(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
