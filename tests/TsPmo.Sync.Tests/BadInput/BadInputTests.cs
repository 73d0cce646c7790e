using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Control;
using TsPmo.Testing;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Time;

namespace TsPmo.Sync.Tests.BadInput;

/// <summary>What an administrator sees when something outside is wrong: one clear message, the documented exit code, and nothing lost.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string Broken = "jiraCloud";

    private readonly TemporaryFolder _folder = new();
    private readonly HurriedClock _clock = new();
    private SandboxServer? _sandbox;
    private JsonObject _settings = [];
    private string _before = "";

    private SandboxServer Sandbox => _sandbox ?? throw new InvalidOperationException("The sandbox has not started.");

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = _clock, Items = 200, Seed = 9 }, TestContext.Current.CancellationToken);
        _settings = SandboxSettings.Of(_sandbox, _folder.File("tspmo.db"));
        (await RunAsync("sync")).ExitCode.ShouldBe(0);
        _before = (await RunAsync("export", "work-items")).Output;
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("probe")]
    public async Task A_wrong_token_is_named_with_its_connector_and_never_shown(string verb)
    {
        const string Wrong = "a-token-that-nobody-gave-us";
        Connector()["Auth"]!["Secret"] = Wrong;
        var run = await RunAsync(verb);
        ShouldSayOnce(run, "sign");
        (run.Output + run.Errors).ShouldNotContain(Wrong);
        await NothingIsLostAsync();
    }

    [Fact]
    public async Task A_wrong_address_is_named()
    {
        Connector()["BaseUrl"] = "http://127.0.0.1:9";
        ShouldSayOnce(await RunAsync("sync"), "127.0.0.1:9");
        await NothingIsLostAsync();
    }

    [Fact]
    public async Task A_sign_in_page_is_taken_for_a_refused_sign_in()
    {
        Sandbox.AddFault(new FaultRule(FaultAction.Html, Broken));
        ShouldSayOnce(await RunAsync("sync", "--full"), "sign");
        await NothingIsLostAsync();
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_named_and_the_others_are_read()
    {
        Connector()["Projects"] = new JsonArray("NOPE");
        var run = await RunAsync("sync", "--full");
        ShouldSayOnce(run, "NOPE");
        await NothingIsLostAsync();
    }

    [Fact]
    public async Task What_is_wrong_is_a_value_for_scripts_too()
    {
        Connector()["Auth"]!["Secret"] = "wrong";
        var document = JsonNode.Parse((await RunAsync("sync", "--json")).Output)!;
        ((string?)document["outcome"]).ShouldBe("partial");
        var connector = document["connectors"]!.AsArray().Single(c => (string?)c!["name"] == Broken)!;
        ((string?)connector["outcome"]).ShouldBe("failed");
        var error = connector["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)error["code"]).ShouldBe("authentication-failed");
        ((string?)error["remedy"]).ShouldNotBeNullOrEmpty();
    }

    private JsonObject Connector() => _settings["TsPmo"]!["Connectors"]![Broken]!.AsObject();

    private async Task<TspmoResult> RunAsync(params string[] arguments)
    {
        var file = _folder.File("appsettings.json");
        SandboxSettings.Write(_settings, file);
        return await InProcess.RunAsync(_clock, [.. arguments, "--config", file]);
    }

    private static void ShouldSayOnce(TspmoResult run, string word)
    {
        run.ExitCode.ShouldBe(1, run.Output + run.Errors);
        run.Errors.Split('\n').Count(line => line.Contains(Broken, StringComparison.Ordinal) && line.Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBe(1, run.Errors);
        (run.Output + run.Errors).ShouldNotContain("   at ");
        (run.Output + run.Errors).ShouldNotContain("Exception");
    }

    private async Task NothingIsLostAsync() => (await RunAsync("export", "work-items")).Output.ShouldBe(_before);
}
