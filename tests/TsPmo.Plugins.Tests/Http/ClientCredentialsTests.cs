using Microsoft.AspNetCore.Http;
using TsPmo.Model;
using TsPmo.Plugins.Connectors;
using TsPmo.Plugins.Http;
using TsPmo.Testing.Http;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Http;

/// <summary>Tokens for client credentials, between a real token host and a real tracker.</summary>
public sealed class ClientCredentialsTests
{
    private const string ClientSecret = "the-client-secret";
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task The_secret_goes_to_the_token_host_alone_and_the_token_to_the_tracker_alone()
    {
        await using var tokens = await LoopbackServer.StartAsync((c, n) => Json(c, $$"""{"access_token":"token-{{n}}","token_type":"Bearer","expires_in":3600}"""));
        await using var tracker = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        using var answer = await Send(Http(tracker, tokens));
        var asked = tokens.Received.ShouldHaveSingleItem();
        asked.Method.ShouldBe("POST");
        asked.Body.ShouldBe("grant_type=client_credentials&client_id=the-client&client_secret=the-client-secret&scope=read%3Aall+write%3Aall");
        asked.Headers.Keys.ShouldNotContain("Authorization");
        var request = tracker.Received.ShouldHaveSingleItem();
        request.Headers["Authorization"].ShouldBe("Bearer token-1");
        request.Headers.Values.ShouldNotContain(v => v.Contains(ClientSecret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_serves_until_shortly_before_it_expires()
    {
        await using var tokens = await LoopbackServer.StartAsync((c, n) => Json(c, $$"""{"access_token":"token-{{n}}","expires_in":"3600"}"""));
        await using var tracker = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        var http = Http(tracker, tokens);
        foreach (var minutes in new[] { 0, 57, 2, 1 })
        {
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            (await Send(http)).Dispose();
        }

        tracker.Received.Select(r => r.Headers["Authorization"]).ShouldBe(["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2"]);
        http.TokenExpires.ShouldBe(_clock.GetUtcNow() + TimeSpan.FromMinutes(59));
    }

    [Fact]
    public async Task Many_requests_at_once_fetch_one_token()
    {
        await using var tokens = await LoopbackServer.StartAsync((c, n) => Json(c, $$"""{"access_token":"token-{{n}}","expires_in":3600}"""));
        await using var tracker = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        var http = Http(tracker, tokens);
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Send(http))))
            answer.Dispose();
        tokens.Received.Count.ShouldBe(1);
        tracker.Received.Count.ShouldBe(12);
    }

    [Fact]
    public async Task An_old_token_that_is_refused_is_replaced_once_even_for_a_write()
    {
        await using var tokens = await LoopbackServer.StartAsync((c, n) => Json(c, $$"""{"access_token":"token-{{n}}","expires_in":3600}"""));
        await using var tracker = await LoopbackServer.StartAsync((c, n) => n == 2 ? Json(c, "{}", 401) : Json(c, "{}"));
        var http = Http(tracker, tokens);
        (await Send(http)).Dispose();
        (await Send(http, new(HttpMethod.Post, "x") { Body = "{}"u8.ToArray() })).Dispose();
        tracker.Received.Select(r => r.Headers["Authorization"]).ShouldBe(["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
        tokens.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_token_that_is_refused_ends_it_and_nothing_more_is_sent()
    {
        await using var tokens = await LoopbackServer.StartAsync((c, n) => Json(c, $$"""{"access_token":"token-{{n}}","expires_in":3600}"""));
        await using var tracker = await LoopbackServer.StartAsync((c, _) => Json(c, "{}", 401));
        var http = Http(tracker, tokens);
        (await Fails(http)).Problem.Code.ShouldBe("authentication-failed");
        (await Fails(http)).Problem.Code.ShouldBe("authentication-failed");
        (tracker.Received.Count, tokens.Received.Count).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client","error_description":"Unknown client the-client-secret"}""")]
    [InlineData(401, """{"error":"invalid_client"}""")]
    public async Task A_refused_exchange_is_a_failed_sign_in_that_shows_no_secret(int status, string body)
    {
        await using var tokens = await LoopbackServer.StartAsync((c, _) => Json(c, body, status));
        await using var tracker = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        var http = Http(tracker, tokens);
        var failure = await Fails(http);
        failure.Problem.Code.ShouldBe("authentication-failed");
        failure.Problem.Remedy.ShouldContain("TsPmo:Connectors:acme:Auth (ClientId");
        failure.Problem.Message.ShouldContain(body.Contains("Unknown", StringComparison.Ordinal) ? "Unknown client ***" : "invalid_client");
        await Fails(http);
        tracker.Received.ShouldBeEmpty();
        tokens.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_host_that_is_down_for_a_moment_is_asked_again()
    {
        await using var tokens = await LoopbackServer.StartAsync((c, n) => n < 3 ? Json(c, "{}", 503) : Json(c, """{"access_token":"t","expires_in":60}"""));
        await using var tracker = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        (await Send(Http(tracker, tokens))).Dispose();
        (tokens.Received.Count, tracker.Received.Count).ShouldBe((3, 1));
    }

    [Fact]
    public async Task A_token_the_tracker_echoes_is_not_shown()
    {
        await using var tokens = await LoopbackServer.StartAsync((c, _) => Json(c, """{"access_token":"ey.secret.token","expires_in":3600}"""));
        await using var tracker = await LoopbackServer.StartAsync((c, _) => Json(c, """{"message":"no ey.secret.token here"}""", 400));
        (await Fails(Http(tracker, tokens))).Problem.Message.ShouldContain("no *** here");
    }

    private TrackerHttp Http(LoopbackServer tracker, LoopbackServer tokens)
    {
        var options = new TestOptions
        {
            Type = "Test", BaseUrl = tracker.Address, RequestsPerSecond = 1000,
            Auth = new() { Kind = "clientcredentials", ClientId = "the-client", Secret = new Secret(ClientSecret), TokenUrl = new(tokens.Address, "oauth/token"), Scope = "read:all write:all" },
        };
        return new(new("acme", options, _clock), new() { ReadError = e => e.TryGetProperty("message", out var m) ? m.GetString() : null });
    }

    private Task<TrackerAnswer> Send(TrackerHttp http, TrackerRequest? request = null) =>
        _clock.RunAsync(http.SendAsync(request ?? new(HttpMethod.Get, "x"), TestContext.Current.CancellationToken), TimeSpan.FromSeconds(60));

    private async Task<TrackerException> Fails(TrackerHttp http) => await Should.ThrowAsync<TrackerException>(() => Send(http));

    private static Task Json(HttpContext context, string text, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(text);
    }

    private sealed class TestOptions : ConnectorOptions;
}
