using System.Text.Json;
using TsPmo.Sync.Tests.Configuration;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Time;

namespace TsPmo.Sync.Tests.Intake;

/// <summary>Reported rows and keys on the command line.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Header = "id,project,environment,result,finishedAt\r\n";

    private readonly ConfigurationFolder _folder = new();

    public ImportTests() => _folder.Write("a.json", """
        { "TsPmo": { "Connectors": { "jira": { "Type": "Jira", "BaseUrl": "http://127.0.0.1:9", "Auth": { "Kind": "Bearer", "Secret": "s" } } },
          "Projects": { "ONE": { "Name": "One", "Sources": { "jira": { "Connector": "jira", "Project": "PAY" } } } } } }
        """);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_taken_and_taken_again_without_a_trace()
    {
        var file = _folder.Write("rows.csv", Header + "1,PAY,production,succeeded,2026-01-10T10:00:00Z\r\n2,PAY,production,failed,2026-01-11T10:00:00Z\r\n");

        var first = await RunAsync("import", "deployments", file);
        var shown = await RunAsync("export", "deployments");
        var again = await RunAsync("import", "deployments", file);

        (first.ExitCode, first.Output.Trim()).ShouldBe((0, "2 rows taken, 0 refused"));
        again.Output.ShouldBe(first.Output);
        (await RunAsync("export", "deployments")).Output.ShouldBe(shown.Output);
        shown.Output.Trim().Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task Bad_rows_are_named_on_standard_error_and_end_with_1()
    {
        var file = _folder.Write("rows.csv", Header + "1,PAY,production,succeeded,2026-01-10T10:00:00Z\r\n2,PAY,production,fine,2026-01-11T10:00:00Z\r\n");

        var plain = await RunAsync("import", "deployments", file);
        var json = await RunAsync("import", "deployments", file, "--json");

        (plain.ExitCode, plain.Output.Trim()).ShouldBe((1, "1 rows taken, 1 refused"));
        plain.Errors.ShouldContain("row 2, id 2");
        plain.Errors.ShouldContain("Result \"fine\" is not known");
        using var document = JsonDocument.Parse(json.Output);
        document.RootElement.GetProperty("outcome").GetString().ShouldBe("partial");
        document.RootElement.GetProperty("rows")[0].GetProperty("remedy").GetString().ShouldBe("Result is one of running, succeeded, failed, canceled, partial.");
    }

    [Theory]
    [InlineData(2, "risks", "rows.csv", "Nothing is taken under the name 'risks'")]
    [InlineData(2, "deployments", "rows.txt", "does not tell its form")]
    [InlineData(1, "deployments", "absent.csv", "cannot be read")]
    public async Task What_cannot_be_taken_at_all_is_said_in_one_line(int exitCode, string kind, string file, string said)
    {
        var result = await RunAsync("import", kind, Path.Combine(_folder.Path, file));
        result.ExitCode.ShouldBe(exitCode);
        result.Errors.ShouldContain(said);
        result.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_key_is_shown_once_and_never_listed()
    {
        var made = await RunAsync("apikey", "create", "ci", "--role", "operator", "--json");
        using var document = JsonDocument.Parse(made.Output);
        var text = document.RootElement.GetProperty("key").GetString().ShouldNotBeNull();
        var id = document.RootElement.GetProperty("id").GetString().ShouldNotBeNull();

        var listed = await RunAsync("apikey", "list");
        listed.Output.ShouldContain(id);
        listed.Output.ShouldNotContain(text.Split('_', 3)[2]);
        (await RunAsync("apikey", "revoke", id)).ExitCode.ShouldBe(0);
        (await RunAsync("apikey", "revoke", id)).ExitCode.ShouldBe(1);
        (await RunAsync("apikey")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_connector_may_not_be_called_as_what_is_reported_is() => ConfigurationFolder.Mistakes(
        """{ "TsPmo": { "Connectors": { "Reported": { "Type": "Jira", "BaseUrl": "http://127.0.0.1:9", "Auth": { "Kind": "Bearer", "Secret": "s" } } } } }""")
        .ShouldHaveSingleItem().ShouldStartWith("TsPmo:Connectors:Reported: has a name that is kept for what other systems report");

    private Task<TspmoResult> RunAsync(params string[] arguments) => InProcess.RunAsync(new FakeClock(), [.. arguments, "--config", Path.Combine(_folder.Path, "a.json")]);
}
