using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Engine.Intake;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Tests.Intake;

/// <summary>What other systems report: taken row by row into a real store, and found again in history and exports.</summary>
public sealed class IntakeTests : IDisposable
{
    private const string Good = """{"id":"42","project":"pay","environment":"production","result":"succeeded","startedAt":"2026-01-10T09:50:00Z","finishedAt":"2026-01-10T11:00:00+01:00","pipeline":"ship","revision":"c0ffee","url":"https://ci.example/42"}""";

    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_reported_row_becomes_a_deployment_judged_by_the_projects_rules()
    {
        await using var engine = await OpenAsync();

        (await TakeAsync(engine, Good, Row("43", "staging"))).ShouldBe((2, 0, ""));

        var deployments = (await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["PAYMENTS"], CancellationToken.None)).Deployments;
        deployments.Where(d => d.Source == DeploymentSource.Reported).Select(d => (d.Id.ToString(), d.IsProduction)).ShouldBe([("reported:42", true), ("reported:43", false)]);
        (await ExportAsync(engine)).ShouldContain(
            """{"connector":"reported","id":"42","project":"pay","environment":"production","environmentKind":"production","pipeline":"ship","source":"reported","reason":"the environment \"production\" matches \"(?i)^prod\" in Deployments.Production","result":"succeeded","startedAt":"2026-01-10T09:50:00.000Z","finishedAt":"2026-01-10T10:00:00.000Z","revision":"c0ffee","url":"https://ci.example/42"}""");
        (await ExportAsync(engine, "web")).ShouldNotContain("reported");
    }

    [Fact]
    public async Task The_key_of_a_project_of_ours_is_taken_for_a_project_too()
    {
        await using var engine = await OpenAsync();

        (await TakeAsync(engine, Row("1", project: "payments"), Row("2", project: "WEB"))).ShouldBe((2, 0, ""));

        (await ExportAsync(engine, "WEB")).ShouldContain("\"connector\":\"reported\",\"id\":\"2\"");
    }

    [Fact]
    public async Task The_same_rows_again_change_nothing_and_a_later_state_replaces_an_earlier_one()
    {
        await using var engine = await OpenAsync();
        var running = """{"id":"42","project":"PAY","environment":"production","result":"running","startedAt":"2026-01-10T09:50:00Z"}""";

        await TakeAsync(engine, running);
        var begun = await ExportAsync(engine);
        await TakeAsync(engine, Good, Good);
        var ended = await ExportAsync(engine);
        await TakeAsync(engine, Good);
        await TakeAsync(engine, running);

        begun.ShouldContain("\"result\":\"running\"");
        ended.ShouldNotContain("\"result\":\"running\"");
        (await ExportAsync(engine)).ShouldBe(ended);
    }

    [Fact]
    public async Task Bad_rows_are_named_with_what_is_wrong_and_the_rest_is_taken()
    {
        await using var engine = await OpenAsync();

        var (taken, refused, said) = await TakeAsync(
            engine, Good, "{", "[1]", Row("1", result: "fine"), Row("2", project: "NONE"), Row("3", finished: "yesterday"), Row("4", finished: "2026-01-10T10:00:00"), Row("5", finished: "2099-01-10T10:00:00Z"),
            """{"id":"6"}""", Good.Replace("revision", "revison", StringComparison.Ordinal), Good.Replace("\"c0ffee\"", "{}", StringComparison.Ordinal),
            Good.Replace("https:", "javascript:", StringComparison.Ordinal), Good.Replace("09:50", "11:50", StringComparison.Ordinal), Row("7", finished: ""), Row("8"));

        (taken, refused).ShouldBe((2, 13));
        said.Split('\n').ShouldBe(
        [
            "2 : It is no JSON.", "3 : It is no JSON object.", "4 1: Result \"fine\" is not known.", "5 2: No configured project is called or binds \"NONE\".",
            "6 3: FinishedAt \"yesterday\" is not an instant.", "7 4: FinishedAt \"2026-01-10T10:00:00\" is not an instant.", "8 5: FinishedAt lies in the future.",
            "9 6: Result is missing; project is missing; environment is missing.", "10 42: There is no column \"revison\".", "11 : \"revision\" is no plain value.", "12 42: Url is no web address.",
            "13 42: FinishedAt lies before startedAt.", "14 7: FinishedAt is missing.",
        ]);
    }

    [Fact]
    public async Task What_was_exported_as_a_table_can_be_taken_in_again()
    {
        await using var engine = await OpenAsync();
        await TakeAsync(engine, Good, Row("=1+1", "prod-\\\"eu\\\", west"));
        var before = await ExportAsync(engine);
        using var table = new MemoryStream();
        await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = "deployments", Format = ExportFormat.Csv }, table, CancellationToken.None);
        table.Position = 0;

        var report = await engine.Get<IIntake>().TakeAsync("deployments", IntakeFormat.Csv, table, CancellationToken.None);

        (report.Taken, report.Refused).ShouldBe((2, 0));
        (await ExportAsync(engine)).ShouldBe(before);
    }

    [Fact]
    public async Task A_row_of_a_table_with_too_few_cells_is_named_and_the_next_is_taken()
    {
        await using var engine = await OpenAsync();
        const string table = "ID,Project,environment,result,finishedAt\r\n1,PAY,production\r\n2,PAY,production,Failed,2026-01-10T10:00:00Z\r\n";

        var report = await engine.Get<IIntake>().TakeAsync("deployments", IntakeFormat.Csv, Stream(table), CancellationToken.None);

        report.Taken.ShouldBe(1);
        report.Rows.ShouldHaveSingleItem().Problem.Message.ShouldBe("It has 3 cells where the header has 5.");
    }

    [Fact]
    public async Task A_reported_deployment_gives_way_to_the_trackers_own_record_of_the_same_revision()
    {
        await using var engine = await OpenAsync(SampleWorld.Alpha, SampleWorld.Beta);

        await TakeAsync(engine, Good.Replace("c0ffee", "ABC123", StringComparison.Ordinal));

        (await ExportAsync(engine)).ShouldContain("it gives way to the environment record of the same revision (beta:environment/1/88/Production)");
    }

    [Fact]
    public async Task Surveys_are_found_in_the_history_of_their_project()
    {
        await using var engine = await OpenAsync();
        const string rows = """[{"id":"a","project":"PAY","at":"2026-01-10T10:00:00Z","score":5},{"id":"b","project":"PAYMENTS","at":"2026-01-09T10:00:00Z"},{"id":"c","project":"PAY","at":"2026-01-09T10:00:00Z","score":6},{"id":"d","project":"WEB","score":1}]""";

        var report = await engine.Get<IIntake>().TakeAsync("satisfaction", IntakeFormat.Json, Stream(rows), CancellationToken.None);

        report.Rows.Select(r => $"{r.Id}: {r.Problem.Message}").ShouldBe(["c: Score \"6\" is not a whole number from 1 to 5.", "d: At is missing."]);
        (await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["PAYMENTS"], CancellationToken.None)).Responses.Select(r => (r.Id.Id, r.Score)).ShouldBe([("b", null), ("a", 5)]);
    }

    [Fact]
    public async Task Whatever_is_sent_is_counted_row_by_row_and_nothing_is_thrown()
    {
        await using var engine = await OpenAsync();
        var pieces = Gen.Elements(Good, "{}", "[]", "null", "\"", ",", "id,project\n", "\n", "\u0000", "'=", "ü", "{\"id\":", "2026-01-10T10:00:00Z");
        var texts = pieces.ArrayOf().Select(string.Concat);

        Prop.ForAll(Gen.Zip(texts, Gen.Elements(Enum.GetValues<IntakeFormat>())).ToArbitrary(), sent =>
        {
            var report = engine.Get<IIntake>().TakeAsync("deployments", sent.Item2, Stream(sent.Item1), CancellationToken.None).GetAwaiter().GetResult();
            return report.Rows.Count == report.Refused && report.Rows.All(r => r.Problem.Message.Length > 0 && r.Problem.Remedy.Length > 0);
        }).Check(Config.QuickThrowOnFailure.WithReplay(2026, 11));
    }

    private async Task<TestEngine> OpenAsync(Fact[]? alpha = null, Fact[]? beta = null)
    {
        var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo, SampleWorld.Connectors([alpha ?? []], [beta ?? []]));
        if (alpha is not null)
            await engine.SyncAsync();
        return engine;
    }

    private static string Row(string id, string environment = "production", string project = "PAY", string result = "succeeded", string finished = "2026-01-11T10:00:00Z") =>
        $$"""{"id":"{{id}}","project":"{{project}}","environment":"{{environment}}","result":"{{result}}","finishedAt":"{{finished}}"}""";

    private static async Task<(long Taken, long Refused, string Said)> TakeAsync(TestEngine engine, params string[] lines)
    {
        var report = await engine.Get<IIntake>().TakeAsync("deployments", IntakeFormat.Ndjson, Stream(string.Join('\n', lines)), CancellationToken.None);
        return (report.Taken, report.Refused, string.Join('\n', report.Rows.Select(r => $"{r.Row} {r.Id}: {r.Problem.Message}")));
    }

    private static async Task<string> ExportAsync(TestEngine engine, params string[] projects)
    {
        using var output = new MemoryStream();
        (await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = "deployments", Projects = projects }, output, CancellationToken.None)).ShouldBeNull();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
