using Microsoft.AspNetCore.Http;
using TsPmo.Plugins.Connectors.Jira;
using TsPmo.Plugins.Http;
using TsPmo.Testing.Http;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>What each reason of a 429 holds back, and what it leaves alone.</summary>
public sealed class JiraLimitTests
{
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(10);
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_burst_slows_its_endpoint_and_no_other()
    {
        await using var jira = await LimitedOnce("jira-burst-based", "20");
        var client = Client(jira);
        var limited = client.GetAsync("rest/api/3/issue/A-1", Cancellation);
        await Limited(client);
        var start = _clock.GetUtcNow();
        (await _clock.RunAsync(client.GetAsync("rest/api/3/status", Cancellation), TimeSpan.FromMilliseconds(1))).Dispose();
        _clock.GetUtcNow().ShouldBe(start);
        (await _clock.RunAsync(client.GetAsync("rest/api/3/issue/A-2", Cancellation), Horizon)).Dispose();
        (_clock.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(20));
        (await _clock.RunAsync(limited, Horizon)).Dispose();
        client.Total.Throttled.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task Too_many_writes_on_one_issue_hold_back_that_issue_and_no_other()
    {
        await using var jira = await LimitedOnce("jira-per-issue-on-write", "10");
        var client = Client(jira);
        var limited = client.ReplaceAsync("rest/api/3/issue/A-1/properties/p", "{}"u8.ToArray(), Cancellation);
        await Limited(client);
        var start = _clock.GetUtcNow();
        (await _clock.RunAsync(client.ReplaceAsync("rest/api/3/issue/A-2/properties/p", "{}"u8.ToArray(), Cancellation), TimeSpan.FromMilliseconds(1))).Dispose();
        (await _clock.RunAsync(client.GetAsync("rest/api/3/issue/A-1", Cancellation), TimeSpan.FromMilliseconds(1))).Dispose();
        _clock.GetUtcNow().ShouldBe(start);
        (await _clock.RunAsync(client.CreateAsync("rest/api/3/issue/a-1/comment", "{}"u8.ToArray(), Cancellation), Horizon)).Dispose();
        (_clock.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
        (await _clock.RunAsync(limited, Horizon)).Dispose();
    }

    [Theory]
    [InlineData("jira-quota-global-based")]
    [InlineData("jira-quota-tenant-based")]
    public async Task A_spent_quota_stops_everything_until_it_begins_anew(string reason)
    {
        await using var jira = await LimitedOnce(reason, retryAfter: "5", reset: "2026-03-02T08:40:00Z");
        var client = Client(jira);
        var failure = await Should.ThrowAsync<TrackerException>(() => _clock.RunAsync(client.GetAsync("rest/api/3/status", Cancellation), Horizon));
        (failure.Problem.Code, failure.Problem.Retryable).ShouldBe(("rate-limited", true));
        _clock.Advance(TimeSpan.FromMinutes(30));
        await Should.ThrowAsync<TrackerException>(() => _clock.RunAsync(client.GetAsync("rest/api/3/field", Cancellation), Horizon));
        jira.Received.Count.ShouldBe(1);
        _clock.Advance(TimeSpan.FromMinutes(11));
        (await _clock.RunAsync(client.GetAsync("rest/api/3/field", Cancellation), Horizon)).Dispose();
    }

    [Fact]
    public async Task A_quota_that_begins_anew_soon_is_waited_for_however_soon_a_retry_is_allowed()
    {
        await using var jira = await LimitedOnce("jira-quota-tenant-based", retryAfter: "5", reset: "2026-03-02T08:02:00Z");
        var start = _clock.GetUtcNow();
        (await _clock.RunAsync(Client(jira).GetAsync("rest/api/3/status", Cancellation), Horizon)).Dispose();
        (_clock.GetUtcNow() - start).ShouldBeInRange(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2.3));
        jira.Received.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 6)]
    public async Task An_answer_that_says_that_a_limit_is_near_halves_the_rate(bool isNear, double seconds)
    {
        await using var jira = await LoopbackServer.StartAsync((c, n) =>
        {
            if (n == 1 && isNear)
                c.Response.Headers["X-RateLimit-NearLimit"] = "true";
            c.Response.ContentType = "application/json";
            return c.Response.WriteAsync("{}");
        });
        var client = Client(jira, requestsPerSecond: 10);
        (await _clock.RunAsync(client.GetAsync("rest/api/3/status", Cancellation), Horizon)).Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var start = _clock.GetUtcNow();
        for (var i = 0; i < 40; i++)
            (await _clock.RunAsync(client.GetAsync("rest/api/3/status", Cancellation), Horizon)).Dispose();
        (_clock.GetUtcNow() - start).TotalSeconds.ShouldBe(seconds, tolerance: 1);
    }

    [Fact]
    public async Task A_data_center_bucket_is_never_found_empty()
    {
        // Ten requests, refilled by one each second of the tests' clock; an eleventh at once would be refused.
        var (left, at, refused) = (10.0, _clock.GetUtcNow(), 0);
        var gate = new Lock();
        await using var jira = await LoopbackServer.StartAsync((c, _) =>
        {
            lock (gate)
            {
                left = Math.Min(10, left + (_clock.GetUtcNow() - at).TotalSeconds);
                at = _clock.GetUtcNow();
                var isRefused = left < 1;
                refused += isRefused ? 1 : 0;
                left -= isRefused ? 0 : 1;
                c.Response.StatusCode = isRefused ? 429 : 200;
                c.Response.Headers["X-RateLimit-Limit"] = "10";
                c.Response.Headers["X-RateLimit-Remaining"] = ((int)left).ToString(System.Globalization.CultureInfo.InvariantCulture);
                c.Response.Headers["X-RateLimit-FillRate"] = "1";
                c.Response.Headers["X-RateLimit-Interval-Seconds"] = "1";
                c.Response.Headers.RetryAfter = isRefused ? "1" : "0";
            }

            c.Response.ContentType = "application/json";
            return c.Response.WriteAsync("{}");
        });
        var client = Client(jira);
        var start = _clock.GetUtcNow();
        for (var i = 0; i < 40; i++)
            (await _clock.RunAsync(client.GetAsync("rest/api/2/status", Cancellation), Horizon)).Dispose();
        refused.ShouldBe(0);
        (_clock.GetUtcNow() - start).TotalSeconds.ShouldBeInRange(25, 45);
        client.Headroom.ShouldNotBeNull().ShouldContain("of 10 requests left, 1 more every 1 s");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Waits until the client has taken note of a limit.</summary>
    private static async Task Limited(JiraClient client)
    {
        while (client.Total.Throttled == TimeSpan.Zero)
            await Task.Yield();
    }

    private static Task<LoopbackServer> LimitedOnce(string reason, string retryAfter, string? reset = null) => LoopbackServer.StartAsync((c, n) =>
    {
        c.Response.ContentType = "application/json";
        if (n == 1)
        {
            c.Response.StatusCode = 429;
            c.Response.Headers.Date = "Mon, 02 Mar 2026 08:00:00 GMT";
            c.Response.Headers.RetryAfter = retryAfter;
            c.Response.Headers["RateLimit-Reason"] = reason;
            if (reset is not null)
                c.Response.Headers["X-RateLimit-Reset"] = reset;
        }

        return c.Response.WriteAsync("{}");
    });

    private JiraClient Client(LoopbackServer server, double requestsPerSecond = 1000) => new(new("acme", new JiraOptions
    {
        Type = "Jira", BaseUrl = server.Address, RequestsPerSecond = requestsPerSecond, Timeout = TimeSpan.FromHours(1), Auth = new() { Kind = "Bearer", Secret = new("s") },
    }, _clock));
}
