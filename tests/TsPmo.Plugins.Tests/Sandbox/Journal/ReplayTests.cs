using System.Text;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Plugins.Tests.Sandbox.Journal;

public sealed class ReplayTests : IDisposable
{
    private const string Issue = "/rest/api/2/issue/LED-1";
    private readonly string _directory = Directory.CreateTempSubdirectory("sandbox").FullName;
    private readonly SandboxClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_second_start_over_the_same_directory_finds_everything_as_it_was()
    {
        string truth, answer;
        DateTimeOffset now;
        List<string> addresses;
        await using (var server = await StoppedClock.StartAsync(200, _directory))
        {
            await WriteAsync(server, "first");
            await server.RunRoundAsync(new RoundRequest(9, 60, 30, Deletions: true), TestContext.Current.CancellationToken);
            await WriteAsync(server, "second");
            await server.AdvanceClockAsync(TimeSpan.FromHours(5));
            await WriteAsync(server, "third");
            (truth, answer, now) = (await TruthFile.TextAsync(server), await ReadAsync(server), server.Clock.GetUtcNow());
            addresses = [.. server.Trackers.Select(t => t.BaseUrl)];
        }

        await using var again = await StoppedClock.StartAsync(900, _directory, seed: 99);
        (await TruthFile.TextAsync(again)).ShouldBe(truth);
        (await ReadAsync(again)).ShouldBe(answer);
        again.Clock.GetUtcNow().ShouldBe(now);
        again.Trackers.Select(t => t.BaseUrl).ShouldBe(addresses);
        again.Notifications.Sent.ShouldBeEmpty("a replay sends no mail again");
        again.Requests.Counts["jiraDc"].ShouldBe(2, "only what was just read");
    }

    [Fact]
    public async Task A_line_torn_by_a_kill_is_dropped()
    {
        await using (var server = await StoppedClock.StartAsync(150, _directory)) await WriteAsync(server, "whole");
        var journal = Path.Combine(_directory, "journal.ndjson");
        await File.AppendAllTextAsync(journal, "{\"kind\":\"request\",\"at\":\"2026-", TestContext.Current.CancellationToken);

        await using var again = await StoppedClock.StartAsync(150, _directory);
        (await ReadAsync(again)).ShouldContain("whole");
        await WriteAsync(again, "after");
        (await File.ReadAllLinesAsync(journal, TestContext.Current.CancellationToken)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task No_credential_is_kept()
    {
        await using var server = await StoppedClock.StartAsync(150, _directory);
        await WriteAsync(server, "x");
        foreach (var file in new[] { "journal.ndjson", "sandbox.json" })
        {
            await using var stream = new FileStream(Path.Combine(_directory, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            text.ShouldNotContain(server.Trackers[1].Token);
            text.ShouldNotContain("Authorization");
        }
    }

    private async Task WriteAsync(SandboxServer server, string text)
    {
        using var content = new StringContent($"{{\"body\":\"{text}\"}}", Encoding.UTF8, "application/json");
        using var answer = await _client.SendAsync(server.Trackers[1], HttpMethod.Post, Issue + "/comment", content);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    private async Task<string> ReadAsync(SandboxServer server)
    {
        var tracker = server.Trackers[1];
        return await _client.TextAsync(tracker, Issue + "?expand=changelog") + await _client.TextAsync(tracker, Issue + "/comment");
    }
}
