using System.Net.Http.Headers;
using System.Text;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Plugins.Http;

/// <summary>What requests are signed with: a fixed secret, or tokens that are fetched for client credentials.</summary>
internal sealed class Credential
{
    private readonly AuthOptions _auth;
    private readonly AuthenticationHeaderValue? _fixed;
    private readonly AccessTokens? _tokens;

    /// <param name="auth">How to sign in.</param>
    /// <param name="tokens">Where tokens come from, with client credentials.</param>
    public Credential(AuthOptions auth, AccessTokens? tokens)
    {
        (_auth, _tokens) = (auth, tokens);
        var secret = auth.Secret?.Reveal() ?? "";
        if (tokens is null && secret.Length > 0)
        {
            _fixed = auth.Kind.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
                ? new("Bearer", secret)
                : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{auth.User}:{secret}")));
        }
    }

    /// <summary>When the token in use expires; null where that is not known.</summary>
    public DateTimeOffset? Expires => _tokens?.Latest?.Expires;

    /// <summary>Every text that must never be shown, as of now.</summary>
    public IEnumerable<string> Secrets => [_auth.Secret?.Reveal() ?? "", _fixed?.Parameter ?? "", _tokens?.Latest?.Text ?? ""];

    /// <summary>
    /// Signs and sends. A 401 to a token that was already in use when the request began is answered with a new token, once: it may have been revoked
    /// before its time. A 401 means that nothing was done, so this holds for writes too.
    /// </summary>
    public async Task<TrackerAnswer> SignedAsync(Func<AuthenticationHeaderValue?, Task<TrackerAnswer>> send, CancellationToken cancellationToken)
    {
        if (_tokens is null)
            return await send(_fixed);
        var before = _tokens.Latest;
        var token = await _tokens.CurrentAsync(null, cancellationToken);
        try
        {
            return await send(new("Bearer", token.Text));
        }
        catch (TrackerException e) when (e.Status == 401 && e.Problem.Code == TrackerProblems.AuthenticationFailed && token == before)
        {
            token = await _tokens.CurrentAsync(token, cancellationToken);
            return await send(new("Bearer", token.Text));
        }
    }
}
