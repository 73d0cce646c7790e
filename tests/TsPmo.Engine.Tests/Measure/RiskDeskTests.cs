using System.Text;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Reporting.Risks;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.Risks;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.Measure;

public sealed class RiskDeskTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_proposal_that_somebody_accepts_is_accepted_from_then_on_and_not_before()
    {
        await using var engine = await OpenAsync();
        var before = engine.Clock.GetUtcNow();
        engine.Clock.Advance(TimeSpan.FromHours(1));

        (await Say(engine, Accepted)).ShouldBeNull();

        (await RowAsync(engine, null)).ShouldContain("\"id\":\"signal/alpha:1\",\"title\":\"PAY-1: blocked for ");
        (await RowAsync(engine, null)).ShouldContain("\"probability\":0.5,\"impact\":0.4,\"score\":0.2,\"status\":\"accepted\",\"owner\":null,\"sources\":[\"alpha:1\"]");
        (await RowAsync(engine, before)).ShouldContain("\"probability\":null,\"impact\":null,\"score\":null,\"status\":\"proposed\"");
    }

    [Fact]
    public async Task What_cannot_be_kept_is_answered()
    {
        await using var engine = await OpenAsync();

        foreach (var word in new[] { Accepted with { By = " " }, Accepted with { Reason = "" }, Accepted with { Status = RiskStatus.Closed }, Accepted with { Impact = null }, Accepted with { Impact = 1.1m } })
            (await Say(engine, word)).ShouldBe("risk-decision-invalid");
        (await Say(engine, Accepted with { Risk = "signal/alpha:9" })).ShouldBe("risk-unknown");
        (await Say(engine, Accepted with { Project = "NOPE" })).ShouldBe("project-unknown");
        (await RowAsync(engine, null)).ShouldContain("proposed");
    }

    private static RiskWord Accepted { get; } = new("payments", "signal/alpha:1", RiskStatus.Accepted, "ada", "the supplier is late", 0.5m, 0.4m);

    private static async Task<string?> Say(TestEngine engine, RiskWord word) => (await engine.Get<RiskDesk>().DecideAsync(word, CancellationToken.None))?.Code;

    private static async Task<string> RowAsync(TestEngine engine, DateTimeOffset? asOf)
    {
        using var output = new MemoryStream();
        (await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = "risks", AsOf = asOf }, output, CancellationToken.None)).ShouldBeNull();
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
    }

    private async Task<TestEngine> OpenAsync()
    {
        var project = new ProjectDefinition { Key = "PAYMENTS", Name = "Payments", Sources = [new SourceBinding { Name = "a", Connector = "alpha", Project = "PAY" }] };
        var pmo = new PmoDefinition { Calendar = TestEngine.Calendar, Projects = new Dictionary<string, ProjectDefinition> { [project.Key] = project } };
        var tracker = new ScriptedTracker();
        tracker.Page("all", [new StateDefinition("", "", null, "Open", State.ToDo), Sample.Item("1", 1, (RawFields.Blocked, "true"))]);
        var engine = await TestEngine.OpenAsync(_file, pmo, [tracker.As("alpha")]);
        await engine.SyncAsync();
        return engine;
    }
}
