using System.Text.Json;
using TsPmo.Sync.Tests.Configuration;
using TsPmo.Testing.Apps;

namespace TsPmo.Sync.Tests.Demo;

/// <summary>The whole job on a small portfolio.</summary>
public sealed class DemoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_reads_measures_and_publishes_and_a_second_one_finds_nothing_to_do()
    {
        using var folder = new ConfigurationFolder();
        string[] arguments = ["demo", "--once", "--items", "300", "--today", "2026-03-02", "--data", folder.Path, "--json"];
        using var first = await RunAsync(arguments);
        Texts(first, "projects", "project").Count.ShouldBe(12);
        first.RootElement.GetProperty("today").GetString().ShouldBe("2026-03-02");
        Texts(first, "publications", "action").Distinct(StringComparer.Ordinal).ShouldBe(["created"]);
        using var second = await RunAsync(arguments);
        Texts(second, "publications", "action").Distinct(StringComparer.Ordinal).ShouldBe(["unchanged"]);
        second.RootElement.GetProperty("sync").GetProperty("connectors").EnumerateArray().Sum(c => c.GetProperty("changesStored").GetInt64()).ShouldBe(0);
    }

    private static async Task<JsonDocument> RunAsync(string[] arguments)
    {
        var result = await TspmoProcess.RunAsync(Cancellation, arguments);
        result.ExitCode.ShouldBe(0, result.Errors);
        return JsonDocument.Parse(result.Output);
    }

    private static List<string?> Texts(JsonDocument document, string list, string name) =>
        [.. document.RootElement.GetProperty(list).EnumerateArray().Select(e => e.GetProperty(name).GetString())];
}
