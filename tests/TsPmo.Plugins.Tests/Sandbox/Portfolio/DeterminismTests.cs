using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Plugins.Tests.Sandbox.Portfolio;

public sealed class DeterminismTests
{
    [Fact]
    public async Task The_same_seed_and_date_give_the_same_truth_to_the_byte()
    {
        await using var first = await StoppedClock.StartAsync(900);
        await using var second = await StoppedClock.StartAsync(900);
        await PlayAsync(first);
        await PlayAsync(second);

        (await TruthFile.TextAsync(second)).ShouldBe(await TruthFile.TextAsync(first));
    }

    [Fact]
    public async Task Another_seed_gives_another_portfolio()
    {
        await using var first = await StoppedClock.StartAsync(300);
        await using var second = await StoppedClock.StartAsync(300, seed: 8);

        (await TruthFile.TextAsync(second)).ShouldNotBe(await TruthFile.TextAsync(first));
    }

    [Fact]
    public async Task The_same_seed_and_date_give_the_same_answers_to_the_byte()
    {
        await using var first = await StoppedClock.StartAsync(300);
        await using var second = await StoppedClock.StartAsync(300);
        using var client = new SandboxClient();
        string[] paths = ["/rest/api/3/issue/PAY-1?expand=changelog", "/rest/api/2/issue/LED-1?expand=changelog", "/Portal/_apis/wit/workitems/1/updates?api-version=7.1"];
        for (var tracker = 0; tracker < paths.Length; tracker++)
        {
            var (there, here) = (first.Trackers[tracker], second.Trackers[tracker]);
            var answer = await client.TextAsync(there, paths[tracker]);
            answer.ShouldStartWith("200");
            (await client.TextAsync(here, paths[tracker])).Replace(here.BaseUrl, there.BaseUrl).ShouldBe(answer);
        }
    }

    private static Task<int> PlayAsync(TsPmo.Sandbox.SandboxServer server) =>
        server.RunRoundAsync(new RoundRequest(3, 150, 120, Deletions: true), TestContext.Current.CancellationToken);
}
