using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Plugins.Tests.Sandbox.Portfolio;

public sealed class RoundTests
{
    private static readonly string[] RareActs = ["item-hidden", "item-shown", "status-renamed"];

    [Fact]
    public async Task A_round_of_everything_brings_moves_names_deletions_and_hidden_items_and_is_the_same_twice()
    {
        await using var first = await StoppedClock.StartAsync(400);
        await using var second = await StoppedClock.StartAsync(400);
        var before = (await TruthFile.LinesAsync(first)).Count;
        await PlayAsync(first);
        await PlayAsync(second);

        var played = (await TruthFile.LinesAsync(first)).Skip(before).ToList();
        foreach (var tracker in (string[])["jiraCloud", "jiraDc"])
        {
            var acts = played.Where(l => l.Text("tracker") == tracker).ToList();
            foreach (var act in (string[])[.. RareActs, "item-deleted", "person"])
                acts.ShouldContain(l => l.Text("act") == act, $"{act} in {tracker}");
        }

        played.ShouldContain(l => l.Text("tracker") == "jiraCloud" && l["edits"] is JsonArray && l["edits"]!.AsArray().Any(e => (string?)e!["field"] == "project"));
        (await TruthFile.TextAsync(second)).ShouldBe(await TruthFile.TextAsync(first));
    }

    [Fact]
    public async Task A_round_of_every_tracker_brings_what_only_azure_devops_has_and_is_the_same_twice()
    {
        await using var first = await StoppedClock.StartAsync(400);
        await using var second = await StoppedClock.StartAsync(400);
        var before = (await TruthFile.LinesAsync(first)).Count;
        foreach (var server in (SandboxServer[])[first, second])
            for (ulong round = 1; round <= 6; round++)
                await server.RunRoundAsync(RoundRequest.OfEveryTracker(round, 150, 60), TestContext.Current.CancellationToken);

        var acts = (await TruthFile.LinesAsync(first)).Skip(before).Where(l => l.Text("tracker") == "azureDevOps").ToList();
        foreach (var act in (string[])["item-hidden", "item-shown", "item-restored", "item-destroyed", "person", "sprint"])
            acts.ShouldContain(l => l.Text("act") == act, act);
        foreach (var field in (string[])["project", "sourceType", "type"])
            acts.ShouldContain(l => l["edits"] is JsonArray && l["edits"]!.AsArray().Any(e => (string?)e!["field"] == field), field);
        (await TruthFile.TextAsync(second)).ShouldBe(await TruthFile.TextAsync(first));
    }

    [Fact]
    public async Task A_round_that_allows_nothing_rare_brings_nothing_rare()
    {
        await using var server = await StoppedClock.StartAsync(300);
        await server.RunRoundAsync(new RoundRequest(5, 300, 60), TestContext.Current.CancellationToken);

        (await TruthFile.LinesAsync(server)).ShouldNotContain(l => RareActs.Contains(l.Text("act")));
    }

    [Fact]
    public async Task A_round_of_everything_is_replayed_as_it_was()
    {
        var directory = Directory.CreateTempSubdirectory("sandbox");
        try
        {
            string truth;
            await using (var server = await StoppedClock.StartAsync(200, directory.FullName))
            {
                await PlayAsync(server);
                truth = await TruthFile.TextAsync(server);
            }

            await using var again = await StoppedClock.StartAsync(200, directory.FullName);
            (await TruthFile.TextAsync(again)).ShouldBe(truth);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task PlayAsync(SandboxServer server)
    {
        for (ulong round = 1; round <= 4; round++)
            await server.RunRoundAsync(RoundRequest.OfEverything(round, 100, 60), TestContext.Current.CancellationToken);
    }
}
