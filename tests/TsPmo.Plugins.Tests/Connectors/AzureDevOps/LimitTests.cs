using TsPmo.Model;
using TsPmo.Plugins.Connectors;
using TsPmo.Plugins.Connectors.AzureDevOps;
using TsPmo.Plugins.Http;
using TsPmo.Testing.Http;
using TsPmo.Testing.Time;
using Microsoft.AspNetCore.Http;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>How the tracker's limits are kept: throughput units, delays on answers that succeed, blocks.</summary>
public sealed class LimitTests
{
    private const string Concurrency = """{"message":"TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'.","typeKey":"RequestBlockedException"}""";
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(6);
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_delay_on_an_answer_that_succeeds_is_heeded()
    {
        await using var server = await LoopbackServer.StartAsync((context, number) => AnswerAsync(context, 200, "{}", number == 1 ? [("Retry-After", "30"), ("X-RateLimit-Delay", "1.25")] : []));
        var client = Client(server);
        var start = _clock.GetUtcNow();
        await AskAsync(client);
        _clock.GetUtcNow().ShouldBe(start);
        await AskAsync(client);
        (_clock.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
        client.Total.Throttled.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_block_is_waited_for_until_the_units_come_back()
    {
        var now = _clock.GetUtcNow().ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        var reset = _clock.GetUtcNow().AddSeconds(90).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var server = await LoopbackServer.StartAsync((context, number) =>
            number == 1 ? AnswerAsync(context, 429, Concurrency, [("X-RateLimit-Reset", reset), ("Date", now)]) : AnswerAsync(context, 200, "{}"));
        var start = _clock.GetUtcNow();
        await AskAsync(Client(server));
        (_clock.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(90));
        server.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_block_is_one_with_whatever_status_it_comes()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => AnswerAsync(context, 400, Concurrency));
        var failure = await Should.ThrowAsync<TrackerException>(() => AskAsync(Client(server)));
        (failure.Problem.Code, failure.Problem.Retryable).ShouldBe(("rate-limited", true));
        failure.Problem.Message.ShouldContain("'Concurrency'");
    }

    [Fact]
    public async Task What_is_left_is_told_in_the_trackers_units()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => AnswerAsync(context, 200, "{}",
            ("X-RateLimit-Resource", "WorkItemTracking/User"), ("X-RateLimit-Limit", "200"), ("X-RateLimit-Remaining", "12"), ("X-RateLimit-Reset", "1775034000"), ("X-RateLimit-Delay", "0.5"), ("Retry-After", "4")));
        var client = Client(server);
        await AskAsync(client);
        client.Headroom.ShouldBe("12 of 200 throughput units left of WorkItemTracking/User, all of them at 2026-04-01 09:00:00 UTC; the answer was held back for 0.5 s; asked to wait 4 s");
    }

    [Fact]
    public async Task Where_the_tracker_tells_nothing_nothing_is_said()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => AnswerAsync(context, 200, "{}"));
        var client = Client(server);
        await AskAsync(client);
        client.Headroom.ShouldBeNull();
    }

    private AzureDevOpsClient Client(LoopbackServer server) => new(new ConnectorSetup("ado", new AzureDevOpsOptions
    {
        Type = "AzureDevOps",
        BaseUrl = server.Address,
        RequestsPerSecond = 1000,
        // Far beyond what the clock is let to run.
        Timeout = TimeSpan.FromHours(2),
        Auth = new AuthOptions { Kind = "Basic", Secret = new Secret("secret") },
    }, _clock));

    private async Task AskAsync(AzureDevOpsClient client) =>
        await _clock.RunAsync(client.GetAsync("wit/fields", "_apis/wit/fields", TestContext.Current.CancellationToken), Horizon);

    private static Task AnswerAsync(HttpContext context, int status, string body, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return context.Response.WriteAsync(body);
    }
}
