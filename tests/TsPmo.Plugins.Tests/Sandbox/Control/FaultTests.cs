using System.Net;
using System.Text.Json;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Control;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Sandbox.Control;

public sealed class FaultTests : IAsyncLifetime
{
    private const string Issue = "/rest/api/3/issue/PAY-1";
    private readonly SandboxClient _client = new();
    private SandboxServer? _server;

    private SandboxServer Server => _server ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _server = await StoppedClock.StartAsync(150);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_status_is_answered_in_the_trackers_place_as_often_as_asked()
    {
        Server.AddFault(new FaultRule(FaultAction.Status, Path: "issue", Status: 429, Headers: new Dictionary<string, string> { ["Retry-After"] = "7" }, Times: 1));

        using var refused = await _client.GetAsync(Server.Trackers[0], Issue);
        ((int)refused.StatusCode).ShouldBe(429);
        refused.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        using var answered = await _client.GetAsync(Server.Trackers[0], Issue);
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fault_hits_only_the_tracker_path_and_method_it_names()
    {
        Server.AddFault(new FaultRule(FaultAction.Status, Tracker: Server.Trackers[1].Name));
        Server.AddFault(new FaultRule(FaultAction.Status, Path: "^/nowhere"));
        Server.AddFault(new FaultRule(FaultAction.Status, Method: "PUT"));

        (await _client.TextAsync(Server.Trackers[0], Issue)).ShouldStartWith("200");
        (await _client.TextAsync(Server.Trackers[1], "/rest/api/2/issue/LED-1")).ShouldStartWith("503");
        Server.ClearFaults();
        (await _client.TextAsync(Server.Trackers[1], "/rest/api/2/issue/LED-1")).ShouldStartWith("200");
    }

    [Fact]
    public async Task A_cut_answer_ends_before_its_promised_length()
    {
        Server.AddFault(new FaultRule(FaultAction.Cut));

        await Should.ThrowAsync<HttpRequestException>(() => _client.TextAsync(Server.Trackers[0], Issue));
    }

    [Fact]
    public async Task Garbage_is_called_json_and_is_none()
    {
        Server.AddFault(new FaultRule(FaultAction.Garbage));
        using var answer = await _client.GetAsync(Server.Trackers[0], Issue);

        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Should.Throw<JsonException>(() => JsonDocument.Parse(bytes));
    }

    [Fact]
    public async Task A_sign_in_page_comes_with_status_200()
    {
        Server.AddFault(new FaultRule(FaultAction.Html));
        using var answer = await _client.GetAsync(Server.Trackers[0], Issue);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task A_slow_answer_waits_on_the_clock_and_is_a_whole_one()
    {
        var clock = new FakeClock();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock, Items = 100 }, TestContext.Current.CancellationToken);
        server.AddFault(new FaultRule(FaultAction.Slow, Path: "fields=id", DelayMs: 60_000));
        var slow = _client.TextAsync(server.Trackers[0], Issue + "?fields=id");
        (await _client.TextAsync(server.Trackers[0], Issue)).ShouldStartWith("200");
        slow.IsCompleted.ShouldBeFalse();

        while (!slow.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        (await slow).ShouldStartWith("200 {");
    }

    [Fact]
    public async Task A_share_of_requests_is_hit_and_always_the_same_ones()
    {
        async Task<string> PatternAsync()
        {
            Server.AddFault(new FaultRule(FaultAction.Status, Probability: 0.4, Seed: 5));
            var pattern = "";
            for (var request = 0; request < 30; request++)
            {
                using var answer = await _client.GetAsync(Server.Trackers[0], Issue);
                pattern += answer.IsSuccessStatusCode ? '.' : 'x';
            }

            Server.ClearFaults();
            return pattern;
        }

        var first = await PatternAsync();
        first.Count(c => c == 'x').ShouldBeInRange(5, 20);
        (await PatternAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task A_duplicated_write_reaches_the_tracker_twice()
    {
        Server.AddFault(new FaultRule(FaultAction.Duplicate, Method: "PUT", Times: 1));
        using var content = new StringContent("{\"a\":1}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await _client.SendAsync(Server.Trackers[0], HttpMethod.Put, Issue + "/properties/twice", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, "a property is created by the first write and updated by the second");
    }
}
