using System.Text.Json;
using TsPmo.Sync.Tests.Configuration;
using TsPmo.Testing.Apps;

namespace TsPmo.Sync.Tests.Cli;

/// <summary>The built application in a process of its own, from a folder that is not its own.</summary>
public sealed class CommandLineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Started_from_another_folder_it_finds_its_own_settings()
    {
        var result = await TspmoProcess.RunAsync(Cancellation, "check");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain(Path.Combine(Path.GetDirectoryName(TspmoProcess.Assembly)!, "appsettings.json"));
    }

    [Fact]
    public async Task A_broken_configuration_exits_2_with_every_mistake_and_no_trace()
    {
        using var folder = new ConfigurationFolder();
        var file = folder.Write("a.json", """{ "TsPmo": { "Schedule": { "TimeZone": "Mars" }, "Projekts": {}, "Publishing": { "MinDays": "two" } } }""");
        var result = await TspmoProcess.RunAsync(Cancellation, "sync", "--config", file);
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldContain("The configuration has 3 mistakes:");
        result.Errors.ShouldContain("TsPmo:Projekts: is not a known key; did you mean Projects?");
        result.Errors.ShouldNotContain("   at ");
        Directory.Exists(Path.Combine(folder.Path, "data")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_read_for_later_features_only_is_noted_and_no_mistake()
    {
        using var folder = new ConfigurationFolder();
        var file = folder.Write("a.json", """{ "TsPmo": { "Console": { "TrustedProxies": [ "10.0.0.1" ] } } }""");
        var plain = await TspmoProcess.RunAsync(Cancellation, "check", "--config", file);
        plain.ExitCode.ShouldBe(0);
        plain.Errors.ShouldContain("TsPmo:Console:TrustedProxies is read but nothing uses it in this version");
        var json = await TspmoProcess.RunAsync(Cancellation, "check", "--json", "--config", file);
        using var document = JsonDocument.Parse(json.Output);
        document.RootElement.GetProperty("notes").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldStartWith("TsPmo:Console:TrustedProxies ");
    }

    [Theory]
    [InlineData("chek")]
    [InlineData("sync", "--ful")]
    [InlineData("explain", "ONE")]
    [InlineData("measure", "--as-of", "yesterday")]
    [InlineData("export", "work-items", "--format", "pdf")]
    [InlineData("demo", "--items", "3")]
    [InlineData("demo", "--today", "01.02.2026")]
    [InlineData("sync", "--connector", "nobody")]
    [InlineData("measure", "--project", "nothing")]
    [InlineData("export", "nonsense")]
    [InlineData("baseline")]
    [InlineData("baseline", "list", "nothing")]
    [InlineData("baseline", "capture", "ONE", "--reason", "why")]
    [InlineData("baseline", "capture", "ONE", "--approved-by", "Grace")]
    public async Task A_wrong_command_line_exits_2_and_says_so(params string[] arguments)
    {
        using var folder = new ConfigurationFolder();
        var result = await TspmoProcess.RunAsync(Cancellation, [.. arguments, "--config", folder.Write("a.json", "{}")]);
        result.ExitCode.ShouldBe(2, result.Errors);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldNotBeEmpty();
        result.Errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("plugins")]
    [InlineData("sync")]
    [InlineData("measure")]
    [InlineData("probe")]
    [InlineData("publish")]
    [InlineData("retract")]
    [InlineData("export", "work-items")]
    [InlineData("health")]
    [InlineData("nonsense")]
    [InlineData("measure", "--as-of", "never")]
    public async Task With_json_there_is_one_document_on_standard_output_and_nothing_else(params string[] arguments)
    {
        using var folder = new ConfigurationFolder();
        var file = folder.Write("a.json", """{ "TsPmo": { "Console": { "Urls": "http://127.0.0.1:1" } } }""");
        var result = await TspmoProcess.RunAsync(Cancellation, ["--json", .. arguments, "--config", file]);
        using var document = JsonDocument.Parse(result.Output);
        document.RootElement.ValueKind.ShouldBeOneOf(JsonValueKind.Object, JsonValueKind.Array);
    }

    [Fact]
    public async Task A_project_that_was_never_read_has_no_baseline_and_gets_none()
    {
        using var folder = new ConfigurationFolder();
        var file = folder.Write("a.json", """{ "TsPmo": { "Projects": { "ONE": { "Name": "One" } } } }""");

        var list = await TspmoProcess.RunAsync(Cancellation, "--json", "baseline", "list", "one", "--config", file);
        var show = await TspmoProcess.RunAsync(Cancellation, "baseline", "show", "ONE", "--config", file);
        var capture = await TspmoProcess.RunAsync(Cancellation, "baseline", "capture", "ONE", "--reason", "why", "--approved-by", "Grace", "--config", file);

        using var document = JsonDocument.Parse(list.Output);
        document.RootElement.GetProperty("baselines").GetArrayLength().ShouldBe(0);
        (show.ExitCode, capture.ExitCode).ShouldBe((1, 1));
        show.Errors.ShouldContain("baseline capture");
        capture.Errors.ShouldContain("Synchronise first");
    }

    [Fact]
    public async Task Global_options_stand_before_or_after_the_verb()
    {
        using var folder = new ConfigurationFolder();
        var file = folder.Write("a.json", "{}");
        var before = await TspmoProcess.RunAsync(Cancellation, "--json", "--config", file, "check");
        var after = await TspmoProcess.RunAsync(Cancellation, "check", "--config", file, "--json");
        (before.ExitCode, before.Output).ShouldBe((0, after.Output));
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_exits_3()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("no.db", "this is no database, and nobody would take it for one");
        var file = folder.Write("a.json", """{ "TsPmo": { "Store": { "ConnectionString": "Data Source=no.db" } } }""");
        var result = await TspmoProcess.RunAsync(Cancellation, "measure", "--config", file);
        result.ExitCode.ShouldBe(3, result.Errors);
        result.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task An_environment_variable_overrides_the_file()
    {
        using var folder = new ConfigurationFolder();
        var file = folder.Write("a.json", """{ "TsPmo": { "Schedule": { "TimeZone": "UTC" } } }""");
        using var process = TspmoProcess.Start(["check", "--config", file], environment: new Dictionary<string, string> { ["TsPmo__Schedule__TimeZone"] = "Mars" });
        var result = await process.EndAsync(Cancellation);
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("TsPmo:Schedule:TimeZone: \"Mars\"");
    }

    [Fact]
    public async Task No_colour_code_reaches_a_pipe()
    {
        using var process = TspmoProcess.Start(["plugins"], environment: new Dictionary<string, string> { ["TERM"] = "xterm-256color" });
        (await process.EndAsync(Cancellation)).Output.ShouldNotContain("\u001b");
    }
}
