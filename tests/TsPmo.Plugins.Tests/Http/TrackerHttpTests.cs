using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TsPmo.Model;
using TsPmo.Plugins.Connectors;
using TsPmo.Plugins.Http;
using TsPmo.Testing.Http;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Http;

public sealed class TrackerHttpTests
{
    private const string TheSecret = "s3cr3t-token-value";
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(60);
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task An_answer_is_parsed_and_the_request_is_signed_with_the_users_secret()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, """{"me":"ada"}"""));
        using var answer = await Send(Http(server), Get("rest/me?x=1"));
        answer.Root.GetProperty("me").GetString().ShouldBe("ada");
        var request = server.Received.ShouldHaveSingleItem();
        request.PathAndQuery.ShouldBe("/rest/me?x=1");
        request.Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("bot:" + TheSecret)));
        request.Headers["User-Agent"].ShouldStartWith("TsPmo.Sync/");
    }

    [Fact]
    public async Task A_context_path_of_the_base_address_is_kept()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        using var answer = await Send(Http(server, o => o.BaseUrl = new(server.Address, "jira")), Get("rest/me"));
        server.Received.Single().PathAndQuery.ShouldBe("/jira/rest/me");
    }

    [Fact]
    public async Task A_bearer_token_is_sent_as_one()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        using var answer = await Send(Http(server, o => o.Auth.Kind = "bearer"), Get("x"));
        server.Received.Single().Headers["Authorization"].ShouldBe("Bearer " + TheSecret);
    }

    [Fact]
    public async Task A_compressed_answer_is_read_and_its_bytes_on_the_wire_are_counted()
    {
        var text = "{\"long\":\"" + new string('a', 50_000) + "\"}";
        await using var server = await LoopbackServer.StartAsync((c, _) => ZippedAsync(c, text));
        var http = Http(server);
        using var answer = await Send(http, Get("x"));
        answer.Root.GetProperty("long").GetString()!.Length.ShouldBe(50_000);
        http.Total.BytesReceived.ShouldBeInRange(1, 5_000);
        http.Total.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(500, false)]
    public async Task A_passing_failure_of_a_read_is_repeated(int status, bool withRetryAfter)
    {
        await using var server = await LoopbackServer.StartAsync((c, n) =>
        {
            if (n > 2)
                return Json(c, "{}");
            if (withRetryAfter)
                c.Response.Headers.RetryAfter = "7";
            return Status(c, status);
        });
        var http = Http(server);
        var start = _clock.GetUtcNow();
        using var answer = await Send(http, Get("x"));
        http.Total.Requests.ShouldBe(3);
        if (withRetryAfter)
            (_clock.GetUtcNow() - start).ShouldBeInRange(TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(16));
        http.Total.Throttled.ShouldBeGreaterThan(TimeSpan.FromSeconds(withRetryAfter ? 14 : 0.5));
    }

    [Fact]
    public async Task A_retry_after_date_is_measured_by_the_servers_own_clock()
    {
        await using var server = await LoopbackServer.StartAsync((c, n) =>
        {
            if (n > 1)
                return Json(c, "{}");
            c.Response.Headers.Date = "Thu, 01 Jan 2015 00:00:00 GMT";
            c.Response.Headers.RetryAfter = "Thu, 01 Jan 2015 00:00:20 GMT";
            return Status(c, 503);
        });
        var start = _clock.GetUtcNow();
        using var answer = await Send(Http(server), Get("x"));
        (_clock.GetUtcNow() - start).ShouldBeInRange(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(23));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_very_long_wait_ends_the_call_at_once()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) =>
        {
            c.Response.Headers.RetryAfter = "1847";
            return Status(c, 429);
        });
        var http = Http(server);
        var failure = await Fails(http, Get("x"));
        failure.Problem.Code.ShouldBe("rate-limited");
        failure.Problem.Retryable.ShouldBeTrue();
        http.Total.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_is_not_idempotent_is_never_sent_twice_and_its_lost_answer_is_uncertain()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) =>
        {
            c.Abort();
            return Task.CompletedTask;
        });
        var failure = await Fails(Http(server), new(HttpMethod.Post, "x") { Body = "{}"u8.ToArray() });
        failure.IsUncertain.ShouldBeTrue();
        server.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_write_is_certain_not_to_have_happened()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, """{"message":"no"}""", 400));
        var failure = await Fails(Http(server), new(HttpMethod.Post, "x") { Body = "{}"u8.ToArray() });
        failure.IsUncertain.ShouldBeFalse();
        failure.Problem.Message.ShouldContain("no");
    }

    [Fact]
    public async Task A_body_cut_in_the_middle_is_read_again()
    {
        await using var server = await LoopbackServer.StartAsync((c, n) => n > 1 ? Json(c, """{"n":2}""") : CutAsync(c, """{"n":"""));
        using var answer = await Send(Http(server), Get("x"));
        answer.Root.GetProperty("n").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_body_cut_inside_an_element_is_read_again_and_no_element_counts_twice()
    {
        var large = $"\"{new string('a', 200_000)}\"";
        await using var server = await LoopbackServer.StartAsync((c, n) => n > 1 ? Json(c, $$"""{"list":[1,{{large}},3],"n":2}""") : CutAsync(c, $$"""{"n":1,"list":[1,{{large}},{"cut":"""));
        var aside = Lengths();
        using var answer = await Send(Http(server), Get("x") with { SetAside = aside });
        server.Received.Count.ShouldBe(2);
        aside.Made.ShouldBe([1, large.Length, 1]);
        answer.Root.GetRawText().ShouldBe("""{"list":[],"n":2}""");
    }

    [Fact]
    public async Task An_array_is_set_aside_out_of_a_compressed_answer_too()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => ZippedAsync(c, """{"list":[1,22,333]}"""));
        var aside = Lengths();
        using var answer = await Send(Http(server), Get("x") with { SetAside = aside });
        aside.Made.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task An_answer_over_the_size_limit_is_refused_whatever_is_set_aside()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => ZippedAsync(c, $$"""{"list":[1,"{{new string('a', 200_000)}}"]}"""));
        var failure = await Fails(Http(server, dialect: Dialect with { MaxAnswerBytes = 100_000 }), Get("x") with { SetAside = Lengths() });
        failure.IsTooMuch.ShouldBeTrue();
    }

    [Fact]
    public async Task A_page_for_people_is_a_refused_sign_in_whatever_is_set_aside()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) =>
        {
            c.Response.ContentType = "text/html";
            return c.Response.WriteAsync("""{"list":[1]}""");
        });
        var aside = Lengths();
        var failure = await Fails(Http(server), Get("x") with { SetAside = aside });
        failure.Problem.Code.ShouldBe("authentication-failed");
        aside.Made.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_expected_failure_leaves_nothing_of_what_was_taken_before_it()
    {
        await using var server = await LoopbackServer.StartAsync((c, n) => n > 1 ? Json(c, """{"list":[1,2]}""", 404) : CutAsync(c, $$"""{"list":[1,"{{new string('a', 200_000)}}",{"cut":"""));
        var aside = Lengths();
        using var answer = await Send(Http(server), Get("x") with { SetAside = aside, Expected = [HttpStatusCode.NotFound] });
        aside.Made.ShouldBeEmpty();
        answer.Root.GetRawText().ShouldBe("""{"list":[1,2]}""");
    }

    [Fact]
    public async Task Repetitions_end_after_four()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, "not json"));
        var failure = await Fails(Http(server), Get("x"));
        failure.Problem.Code.ShouldBe("unexpected-answer");
        server.Received.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData(200, "text/html")]
    [InlineData(200, "text/plain")]
    [InlineData(203, "text/html")]
    [InlineData(203, "application/json")]
    [InlineData(401, "text/plain")]
    [InlineData(302, "text/html")]
    public async Task A_sign_in_page_in_any_form_is_a_failed_sign_in_that_names_connector_and_remedy(int status, string type)
    {
        await using var server = await LoopbackServer.StartAsync(async (c, _) =>
        {
            c.Response.StatusCode = status;
            c.Response.ContentType = type;
            if (status == 302)
                c.Response.Headers.Location = "https://login.example.com/start?token=abc";
            await c.Response.WriteAsync("{}");
        });
        var failure = await Fails(Http(server), Get("x"));
        failure.Problem.Code.ShouldBe("authentication-failed");
        failure.Problem.Message.ShouldContain("'acme'");
        failure.Problem.Remedy.ShouldContain("TsPmo:Connectors:acme:");
        failure.Problem.Message.ShouldNotContain("abc");
        server.Received.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(403, "forbidden")]
    [InlineData(404, "not-found")]
    [InlineData(410, "gone")]
    [InlineData(409, "refused")]
    public async Task Refusals_are_told_apart_and_not_repeated(int status, string code)
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, """{"message":"because"}""", status));
        var failure = await Fails(Http(server), Get("x"));
        failure.Problem.Code.ShouldBe(code);
        failure.Problem.Message.ShouldContain("because");
        failure.Status.ShouldBe(status);
        server.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_expected_status_is_an_answer()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Status(c, 404));
        using var answer = await Send(Http(server), Get("x") with { Expected = [HttpStatusCode.NotFound] });
        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Body.ShouldBeNull();
    }

    [Fact]
    public async Task No_request_goes_to_another_host()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        await using var other = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        var failure = await Fails(Http(server), Get(other.Address + "rest/next"));
        failure.Problem.Code.ShouldBe("unexpected-answer");
        other.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plain_http_beyond_loopback_is_refused_before_anything_is_sent()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        var failure = await Fails(Http(server, o => o.BaseUrl = new("http://tracker.invalid/")), Get("x"));
        failure.Problem.Code.ShouldBe("insecure-address");
        failure.Problem.Remedy.ShouldContain("AllowInsecureHttp");
    }

    [Fact]
    public async Task A_secret_that_the_server_echoes_is_not_shown()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, "{\"message\":\"bad token " + TheSecret + "\"}", 400));
        var failure = await Fails(Http(server), Get("x"));
        failure.Problem.Message.ShouldNotContain(TheSecret);
        failure.Problem.Message.ShouldContain("***");
    }

    [Fact]
    public async Task An_answer_over_the_size_limit_is_refused()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Json(c, "{\"a\":\"" + new string('a', 5_000) + "\"}"));
        var http = Http(server, dialect: Dialect with { MaxAnswerBytes = 1_000 });
        (await Fails(http, Get("x"))).Problem.Code.ShouldBe("unexpected-answer");
        server.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_over_its_time_limit_is_given_up()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Forever(c));
        var http = Http(server, o => o.Timeout = TimeSpan.FromSeconds(30));
        var failure = await Fails(http, new(HttpMethod.Post, "x"));
        failure.Problem.Code.ShouldBe("timeout");
        failure.IsUncertain.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_ends_a_call_whether_it_is_under_way_or_waiting(bool underWay)
    {
        using var cancel = new CancellationTokenSource();
        await using var server = await LoopbackServer.StartAsync((c, _) =>
        {
            cancel.CancelAfter(TimeSpan.FromMilliseconds(50));
            if (underWay)
                return Forever(c);
            c.Response.Headers.RetryAfter = "200";
            return Status(c, 503);
        });
        await Should.ThrowAsync<OperationCanceledException>(() => Http(server).SendAsync(Get("x"), cancel.Token));
    }

    [Fact]
    public async Task Nothing_listening_is_told_as_such()
    {
        var server = await LoopbackServer.StartAsync((c, _) => Json(c, "{}"));
        var http = Http(server);
        await server.DisposeAsync();
        var failure = await Fails(http, Get("x"));
        failure.Problem.Code.ShouldBe("unreachable");
        failure.IsUncertain.ShouldBeFalse();
    }

    [Fact]
    public async Task A_tracker_that_only_fails_is_left_alone_for_a_while()
    {
        await using var server = await LoopbackServer.StartAsync((c, _) => Status(c, 500));
        var http = Http(server);
        for (var i = 0; i < 10; i++)
            await Fails(http, Get("x"));
        var asked = server.Received.Count;
        (await Fails(http, Get("x"))).Problem.Code.ShouldBe("unreachable");
        server.Received.Count.ShouldBe(asked);
    }

    private static readonly HttpDialect Dialect = new()
    {
        ReadError = e => e.TryGetProperty("message", out var m) ? m.GetString() : null,
    };

    private TrackerHttp Http(LoopbackServer server, Action<TestOptions>? set = null, HttpDialect? dialect = null)
    {
        var options = new TestOptions
        {
            Type = "Test",
            BaseUrl = server.Address,
            Auth = new() { Kind = "Basic", User = "bot", Secret = new Secret(TheSecret) },
            RequestsPerSecond = 1000,
        };
        set?.Invoke(options);
        return new(new("acme", options, _clock), dialect ?? Dialect);
    }

    private Task<TrackerAnswer> Send(TrackerHttp http, TrackerRequest request) =>
        _clock.RunAsync(http.SendAsync(request, TestContext.Current.CancellationToken), Horizon);

    private async Task<TrackerException> Fails(TrackerHttp http, TrackerRequest request) =>
        await Should.ThrowAsync<TrackerException>(() => Send(http, request));

    private static TrackerRequest Get(string path) => new(HttpMethod.Get, path);

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Json(HttpContext context, string text, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(text);
    }

    /// <summary>An answer that breaks off.</summary>
    private static async Task CutAsync(HttpContext context, string beginning)
    {
        await Json(context, beginning);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task ZippedAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.ContentEncoding = "gzip";
        await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Optimal);
        await zip.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    private static SetAside<int> Lengths() => new("list", e => e.GetRawText().Length);

    private static Task Forever(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(() => gone.TrySetResult());
        return gone.Task;
    }

    private sealed class TestOptions : ConnectorOptions;
}
