using System.Net;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>
/// Exactly the calls of Jira's REST API that are used, typed as far as both editions agree. Keeps what a sign-in told until the next pass begins.
/// </summary>
internal sealed class JiraClient : ITraffic
{
    /// <summary>Path of the API of boards and sprints, in both editions.</summary>
    public const string Agile = "rest/agile/1.0/";

    /// <summary>Path of the API of service desks, in both editions.</summary>
    public const string ServiceDesk = "rest/servicedeskapi/";

    private readonly TrackerHttp _http;
    private readonly JiraAddress _address;
    private readonly TimeProvider _clock;
    private volatile JiraSession? _session;

    public JiraClient(ConnectorSetup setup)
    {
        Name = setup.Name;
        Options = (JiraOptions)setup.Options;
        _http = new(setup, Dialect(Options));
        _address = new(Name, Options);
        _clock = setup.Clock;
    }

    /// <summary>Name of the connector.</summary>
    public string Name { get; }

    public JiraOptions Options { get; }

    /// <summary>Our time.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    public Traffic Total => _http.Total;

    public string? Headroom => _http.Headroom;

    /// <summary>When the OAuth token in use expires; null for other kinds of sign-in.</summary>
    public DateTimeOffset? TokenExpires => _http.TokenExpires;

    /// <summary>The session in force, or a new one; a sign-in that was just refused is not tried again.</summary>
    public async Task<JiraSession> SessionAsync(CancellationToken cancellationToken) =>
        _session ??= await new JiraSignIn(this, _clock).BeginAsync(null, cancellationToken);

    /// <summary>Proves the credential anew and asks the server what it is. Two at the same time do no harm: each gives a whole session.</summary>
    public Task<JiraSession> SignInAsync(CancellationToken cancellationToken) => SignInAsync(null, cancellationToken);

    /// <summary>Proves the credential anew; a server that is known already is not asked what it is, unless it no longer answers as such.</summary>
    public async Task<JiraSession> SignInAsync(ServerFacts? known, CancellationToken cancellationToken)
    {
        _session = null;
        _http.BeginSignIn();
        return _session = await new JiraSignIn(this, _clock).BeginAsync(known, cancellationToken);
    }

    /// <summary>Path of the platform's API in the session's edition.</summary>
    public static string Api(bool isCloud) => isCloud ? "rest/api/3/" : "rest/api/2/";

    /// <summary>A read. An answer without a body says that we are a stranger there, and not that there is nothing.</summary>
    public Task<TrackerAnswer> GetAsync(string path, CancellationToken cancellationToken, params IReadOnlyList<HttpStatusCode> expected) =>
        ReadAsync(new(HttpMethod.Get, path) { Expected = expected }, cancellationToken);

    /// <summary>A read that needs a body; of a large answer one array is set aside.</summary>
    public Task<TrackerAnswer> AskAsync(string path, Action<Utf8JsonWriter> body, CancellationToken cancellationToken, SetAside? aside = null) =>
        ReadAsync(new(HttpMethod.Post, path) { Body = Bytes(body), IsIdempotent = true, SetAside = aside }, cancellationToken);

    public Task<TrackerAnswer> CreateAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Post, path) { Body = body }, cancellationToken);

    /// <summary>Makes something that names itself, or changes it where it is there already; so it may be sent again.</summary>
    public Task<TrackerAnswer> UpsertAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Post, path) { Body = body, IsIdempotent = true }, cancellationToken);

    /// <summary>Changes something of which each change is told to people: sent again it would be told again, so a lost answer is left to whoever looks next.</summary>
    public Task<TrackerAnswer> ChangeAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Put, path) { Body = body }, cancellationToken);

    public Task<TrackerAnswer> ReplaceAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Put, path) { Body = body, IsIdempotent = true }, cancellationToken);

    /// <summary>Removes something; that it is gone already is no failure.</summary>
    public Task<TrackerAnswer> RemoveAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Delete, path) { IsIdempotent = true, Expected = [HttpStatusCode.NotFound] }, cancellationToken);

    /// <summary>An answer that does not say what it must.</summary>
    public Problem Unexpected(string what) => new(
        "unexpected-answer",
        $"Connector '{Name}' was given {what}.",
        "It is tried again in the next run. If it stays, look for a proxy that changes answers, and whether this Jira version is supported.") { Retryable = true };

    /// <summary>An answer that cannot be understood at all.</summary>
    public Problem OfAnotherShape() => Unexpected("an answer of another shape than Jira's documentation says");

    public Problem SignInFailed(string evidence) => _http.Problems.SignInFailed(evidence);

    private static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    private static string? Words(JsonElement body)
    {
        var fields = body.Member("errors");
        var words = body.Items("errorMessages").Select(m => m.Text())
            .Concat(fields.ValueKind == JsonValueKind.Object ? fields.EnumerateObject().Select(f => $"{f.Name}: {f.Value.Text()}") : [])
            .Append(body.Text("message"))
            .Where(w => !string.IsNullOrWhiteSpace(w));
        return string.Join(" ", words);
    }

    private async Task<TrackerAnswer> ReadAsync(TrackerRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(request, cancellationToken);
        if (answer.Body is not null || request.Expected.Contains(answer.Status))
            return answer;
        answer.Dispose();
        throw new TrackerException(SignInFailed($"it answered {AnswerReader.Shown(request)} with nothing, as it does to strangers"), (int)answer.Status);
    }

    private async Task<TrackerAnswer> SendAsync(TrackerRequest request, CancellationToken cancellationToken)
    {
        var prefix = await _address.PrefixAsync(_http, cancellationToken);
        return await _http.SendAsync(prefix.Length == 0 ? request : request with { Path = prefix + request.Path }, cancellationToken);
    }

    private static HttpDialect Dialect(JiraOptions options) => new()
    {
        Home = options.GatewayInUse,
        OpenOrigins = options.GatewayInUse is not null && options.BaseUrl is { } site ? [site] : [],
        Headers = [("X-Atlassian-Token", "no-check")],
        ReadError = Words,
        ReadSignInRefusal = Refusal,
        IsMissingScope = text => text.Contains("scope does not match", StringComparison.OrdinalIgnoreCase),
        Lanes = JiraLimits.Of,
        ReadLimit = JiraLimits.Read,
    };

    /// <summary>Anonymous callers are told much and denied little, so who we were taken for is looked at in every answer that tells it.</summary>
    private static string? Refusal(HttpStatusCode status, IReadOnlyDictionary<string, string> headers)
    {
        var reason = headers.GetValueOrDefault("X-Seraph-LoginReason") ?? "";
        if (reason.Contains("AUTHENTICATION_DENIED", StringComparison.OrdinalIgnoreCase))
            return "Jira wants a CAPTCHA after failed sign-ins: sign in once with a browser as this user, then correct the secret.";
        var isAnonymous = reason.Contains("AUTHENTICATED_FAILED", StringComparison.OrdinalIgnoreCase)
            || headers.GetValueOrDefault("X-AUSERNAME")?.Equals("anonymous", StringComparison.OrdinalIgnoreCase) == true;
        return isAnonymous && (int)status < 300
            ? "Jira answers as it does to strangers: check the user and the secret under Auth, and that the token has not expired or been revoked."
            : null;
    }
}
