using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sync.Tests.Configuration;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Time;

namespace TsPmo.Sync.Tests.Cli;

/// <summary>A draft of the configuration from what stand-in trackers show.</summary>
public sealed class DiscoverTests : IAsyncLifetime
{
    private readonly ConfigurationFolder _folder = new();
    private SandboxServer? _sandbox;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxServer.StartAsync(
        new SandboxOptions { Clock = TimeProvider.System, Items = 200, Seed = 5, Today = new DateOnly(2026, 6, 30) }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("jiraCloud")]
    [InlineData("jiraDc")]
    public async Task The_draft_is_valid_beside_the_configuration_it_was_made_with(string connector)
    {
        var file = Configuration();
        var result = await InProcess.RunAsync(new HurriedClock(), "discover", "--connector", connector, "--config", file);
        result.Output.ShouldContain("\"Methodology\": \"Scrum\"", customMessage: result.Errors);
        result.Output.ShouldContain($"\"Connector\": \"{connector}\"");
        result.Output.ShouldContain("// ");
        result.Output.ShouldContain("\"InProgress\"");
        var draft = _folder.Write("draft.jsonc", result.Output);
        var check = await InProcess.RunAsync(TimeProvider.System, "check", "--json", "--config", file, "--config", draft);
        check.ExitCode.ShouldBe(0, check.Output + check.Errors);
        using var checkedBy = JsonDocument.Parse(check.Output);
        var projects = checkedBy.RootElement.GetProperty("projects").EnumerateArray().Select(p => p.GetString()).ToList();
        projects.ShouldBe(Server.Portfolio.Projects.SelectMany(p => p.Sources).Where(s => s.Tracker == connector).Select(s => s.Project).Distinct().Order(StringComparer.Ordinal), ignoreOrder: true);
    }

    [Fact]
    public async Task As_json_it_is_one_document_and_a_tracker_that_fails_stops_no_other()
    {
        var file = Configuration(connectors => connectors["jiraDc"]!["BaseUrl"] = "http://127.0.0.1:1/");
        var result = await InProcess.RunAsync(new HurriedClock(), "discover", "--json", "--connector", "jiraCloud", "--connector", "jiraDc", "--config", file);
        result.ExitCode.ShouldBe(1);
        using var document = JsonDocument.Parse(result.Output);
        var connectors = document.RootElement.GetProperty("connectors").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        connectors["jiraCloud"].GetProperty("projects").GetArrayLength().ShouldBeGreaterThan(0);
        connectors["jiraCloud"].GetProperty("pointsFields").GetArrayLength().ShouldBeGreaterThan(0);
        connectors["jiraDc"].GetProperty("outcome").GetString().ShouldBe("failed");
        connectors["jiraDc"].GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("unreachable");
        document.RootElement.GetProperty("outcome").GetString().ShouldBe("partial");
    }

    [Fact]
    public async Task An_unknown_connector_is_a_usage_error() =>
        (await InProcess.RunAsync(TimeProvider.System, "discover", "--connector", "nobody", "--config", Configuration())).ExitCode.ShouldBe(2);

    private SandboxServer Server => _sandbox ?? throw new InvalidOperationException("The sandbox has not started.");

    private string Configuration(Action<JsonObject>? change = null)
    {
        var settings = SandboxSettings.Of(Server, Path.Combine(_folder.Path, "store.db"));
        settings["TsPmo"]!.AsObject().Remove("Projects");
        change?.Invoke(settings["TsPmo"]!["Connectors"]!.AsObject());
        return _folder.Write("appsettings.json", settings.ToJsonString());
    }
}
