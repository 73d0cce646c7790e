using System.Globalization;
using TsPmo.Sandbox;

namespace TsPmo.Plugins.Tests.Sandbox.Control;

public sealed class ControlApiTests : IAsyncLifetime
{
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
    public async Task The_clock_is_told_set_and_advanced()
    {
        await _client.ControlAsync(Server.ControlUrl, HttpMethod.Put, "/clock", new { now = "2026-12-01T08:00:00Z" });
        await _client.ControlAsync(Server.ControlUrl, HttpMethod.Post, "/clock/advance", new { minutes = 90 });

        var now = (await _client.ControlAsync(Server.ControlUrl, HttpMethod.Get, "/clock"))?["now"]?.GetValue<string>() ?? "";
        DateTimeOffset.Parse(now, CultureInfo.InvariantCulture).ShouldBe(new DateTimeOffset(2026, 12, 1, 9, 30, 0, TimeSpan.Zero));
        Server.Clock.GetUtcNow().ShouldBe(new DateTimeOffset(2026, 12, 1, 9, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_round_adds_history_at_instants_that_have_passed_when_it_returns()
    {
        var before = (await TruthFile.LinesAsync(Server)).Count;
        var start = Server.Clock.GetUtcNow();
        await _client.ControlAsync(Server.ControlUrl, HttpMethod.Post, "/rounds", new { seed = 4, acts = 120, minutes = 60, deletions = true });

        Server.Clock.GetUtcNow().ShouldBe(start.AddMinutes(60));
        var added = (await TruthFile.LinesAsync(Server)).Skip(before).ToList();
        added.Count.ShouldBeGreaterThan(240);
        added.Select(l => l.Text("tracker")).Distinct().Count().ShouldBe(3);
        foreach (var line in added)
            DateTimeOffset.Parse(line.Text("at") ?? "", CultureInfo.InvariantCulture).ShouldBeInRange(start, start.AddMinutes(60));
        added.Select(l => l.Text("at")).ShouldBe(added.Select(l => l.Text("at")).Order(StringComparer.Ordinal));
        var kinds = added.Select(l => l.Text("act")).ToHashSet();
        foreach (var kind in new[] { "item-created", "item-changed", "item-deleted", "work-logged", "link", "deployment" }) kinds.ShouldContain(kind);
    }

    [Fact]
    public async Task Requests_are_counted_by_tracker_until_they_are_cleared()
    {
        await _client.TextAsync(Server.Trackers[0], "/rest/api/3/issue/PAY-1");
        var told = await _client.ControlAsync(Server.ControlUrl, HttpMethod.Get, "/requests");
        told?["counts"]?[Server.Trackers[0].Name]?.GetValue<int>().ShouldBe(1);
        told?["requests"]?[0]?["path"]?.GetValue<string>().ShouldBe("/rest/api/3/issue/PAY-1");

        await _client.ControlAsync(Server.ControlUrl, HttpMethod.Delete, "/requests");
        Server.Requests.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Faults_are_put_in_force_and_lifted()
    {
        await _client.ControlAsync(Server.ControlUrl, HttpMethod.Post, "/faults", new { action = "status", status = 500, path = "issue" });
        (await _client.TextAsync(Server.Trackers[0], "/rest/api/3/issue/PAY-1")).ShouldStartWith("500");

        await _client.ControlAsync(Server.ControlUrl, HttpMethod.Delete, "/faults");
        (await _client.TextAsync(Server.Trackers[0], "/rest/api/3/issue/PAY-1")).ShouldStartWith("200");
    }

    [Fact]
    public async Task Generating_a_year_of_history_sends_no_mail_and_a_loud_comment_is_counted()
    {
        Server.Notifications.Sent.ShouldBeEmpty();
        using var content = new StringContent("{\"body\":\"hello\"}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await _client.SendAsync(Server.Trackers[1], HttpMethod.Post, "/rest/api/2/issue/LED-1/comment", content);

        answer.IsSuccessStatusCode.ShouldBeTrue();
        (await _client.ControlAsync(Server.ControlUrl, HttpMethod.Get, "/notifications"))?["count"]?.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task The_truth_is_where_it_says() =>
        (await _client.ControlAsync(Server.ControlUrl, HttpMethod.Get, "/truth"))?["path"]?.GetValue<string>().ShouldBe(Server.TruthPath);
}
