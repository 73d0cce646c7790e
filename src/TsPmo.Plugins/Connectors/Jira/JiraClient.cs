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
    private static readonly HttpDialect Dialect = new()
    {
        Headers = [("X-Atlassian-Token", "no-check")],
        ReadError = Words,
        ReadSignInRefusal = Refusal,
        LimitsEverything = headers => !(headers.TryGetValue("RateLimit-Reason", out var reason) && reason == "jira-per-issue-on-write"),
    };

    private readonly TrackerHttp _http;
    private readonly TimeProvider _clock;
    private volatile JiraSession? _session;

    public JiraClient(ConnectorSetup setup)
    {
        Name = setup.Name;
        Options = (JiraOptions)setup.Options;
        _http = new(setup, Dialect);
        _clock = setup.Clock;
    }

    /// <summary>Name of the connector.</summary>
    public string Name { get; }

    public JiraOptions Options { get; }

    public Traffic Total => _http.Total;

    public string? Headroom => _http.Headroom;

    /// <summary>The session in force, or a new one.</summary>
    public async Task<JiraSession> SessionAsync(CancellationToken cancellationToken) => _session ?? await SignInAsync(cancellationToken);

    /// <summary>Proves the credential anew and asks the server what it is. Two at the same time do no harm: each gives a whole session.</summary>
    public Task<JiraSession> SignInAsync(CancellationToken cancellationToken) => SignInAsync(null, cancellationToken);

    /// <summary>Proves the credential anew; a server that is known already is not asked what it is, unless it no longer answers as such.</summary>
    public async Task<JiraSession> SignInAsync(ServerFacts? known, CancellationToken cancellationToken)
    {
        _session = null;
        return _session = await new JiraSignIn(this, _clock).BeginAsync(known, cancellationToken);
    }

    /// <summary>Path of the platform's API in the session's edition.</summary>
    public static string Api(bool isCloud) => isCloud ? "rest/api/3/" : "rest/api/2/";

    public Task<TrackerAnswer> GetAsync(string path, CancellationToken cancellationToken, params IReadOnlyList<HttpStatusCode> expected) =>
        _http.SendAsync(new(HttpMethod.Get, path) { Expected = expected }, cancellationToken);

    /// <summary>A read that needs a body.</summary>
    public Task<TrackerAnswer> AskAsync(string path, Action<Utf8JsonWriter> body, CancellationToken cancellationToken) =>
        _http.SendAsync(new(HttpMethod.Post, path) { Body = Bytes(body), IsIdempotent = true }, cancellationToken);

    public Task<TrackerAnswer> CreateAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        _http.SendAsync(new(HttpMethod.Post, path) { Body = body }, cancellationToken);

    public Task<TrackerAnswer> ReplaceAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        _http.SendAsync(new(HttpMethod.Put, path) { Body = body, IsIdempotent = true }, cancellationToken);

    /// <summary>Removes something; that it is gone already is no failure.</summary>
    public Task<TrackerAnswer> RemoveAsync(string path, CancellationToken cancellationToken) =>
        _http.SendAsync(new(HttpMethod.Delete, path) { IsIdempotent = true, Expected = [HttpStatusCode.NotFound] }, cancellationToken);

    /// <summary>An answer that does not say what it must.</summary>
    public Problem Unexpected(string what) => new(
        "unexpected-answer",
        $"Connector '{Name}' was given {what}.",
        "It is tried again in the next run. If it stays, look for a proxy that changes answers, and whether this Jira version is supported.") { Retryable = true };

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

    private static string? Refusal(HttpStatusCode status, IReadOnlyDictionary<string, string> headers) =>
        status == HttpStatusCode.Forbidden && headers.TryGetValue("X-Seraph-LoginReason", out var reason)
            && reason.Contains("AUTHENTICATION_DENIED", StringComparison.OrdinalIgnoreCase)
            ? "Jira wants a CAPTCHA after failed sign-ins: sign in once with a browser as this user, then correct the secret."
            : null;
}
