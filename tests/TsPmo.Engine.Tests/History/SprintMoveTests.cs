using System.Text;
using System.Text.Json.Nodes;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.History;

/// <summary>Sprints whose dates were moved: what was promised then is known from our first sight on.</summary>
public sealed class SprintMoveTests : IDisposable
{
    private static readonly ProjectDefinition Project = new()
    {
        Key = "PRJ",
        Name = "Project",
        Methodology = Methodology.Scrum,
        Sources = [new SourceBinding { Name = "a", Connector = "alpha", Project = "PAY" }],
        Plan = new PlanDefinition { Start = new(2026, 1, 5) },
    };

    private readonly StoreFile _file = new();
    private readonly ScriptedTracker _tracker = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task An_earlier_instant_shows_the_dates_that_were_known_then()
    {
        await using var engine = await OpenAsync();
        var seen = await SeeAsync(engine, Sprint(new(2026, 3, 2), new(2026, 3, 13)));
        var movedAt = await SeeAsync(engine, Sprint(new(2026, 3, 9), new(2026, 3, 20)));

        (await DatesAsync(engine, null)).ShouldBe(("2026-03-08T23:00:00.000Z", "2026-03-20T23:00:00.000Z"));
        (await DatesAsync(engine, movedAt)).ShouldBe(("2026-03-08T23:00:00.000Z", "2026-03-20T23:00:00.000Z"));
        (await DatesAsync(engine, movedAt.AddSeconds(-1))).ShouldBe(("2026-03-01T23:00:00.000Z", "2026-03-13T23:00:00.000Z"));
        (await DatesAsync(engine, seen.AddYears(-1))).ShouldBe(("2026-03-01T23:00:00.000Z", "2026-03-13T23:00:00.000Z"));
    }

    [Fact]
    public async Task A_sprint_that_is_told_again_as_it_was_has_not_moved()
    {
        await using var engine = await OpenAsync();
        var seen = await SeeAsync(engine, Sprint(new(2026, 3, 2), new(2026, 3, 13)));
        await SeeAsync(engine, Sprint(new(2026, 3, 2), new(2026, 3, 13)) with { Name = "Renamed" });

        var sprint = await SprintAsync(engine);

        sprint.Dates.ShouldNotBeNull().Entries.ShouldBeEmpty();
        sprint.KnowsDatesAt(seen).ShouldBeTrue();
        sprint.KnowsDatesAt(seen.AddSeconds(-1)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_start_that_becomes_true_when_the_sprint_is_activated_leaves_the_planned_one_to_the_time_before()
    {
        await using var engine = await OpenAsync();
        var planned = Sprint(null, null) with { State = SprintState.Future, Start = Sample.Day(10), End = Sample.Day(20) };
        await SeeAsync(engine, planned);
        var activated = await SeeAsync(engine, planned with { State = SprintState.Active, Start = Sample.Day(11) });

        var sprint = await SprintAsync(engine);

        (sprint.DatesAt(activated.AddSeconds(-1)).Start, sprint.DatesAt(activated).Start).ShouldBe((Sample.Day(10), Sample.Day(11)));
    }

    [Fact]
    public async Task A_baseline_promises_what_its_sprints_promised_then()
    {
        await using var engine = await OpenAsync();
        _tracker.Page("s", Sample.Item("1", 1, (RawFields.Sprints, "7")));
        await SeeAsync(engine, Sprint(new(2026, 3, 2), new(2026, 3, 13)));
        var baseline = engine.Clock.GetUtcNow();
        await SeeAsync(engine, Sprint(new(2026, 4, 6), new(2026, 4, 17)));

        var history = await engine.Histories.ReadAsync(Project with { Plan = Project.Plan with { BaselineAt = baseline } }, CancellationToken.None);

        var promised = history.Schedule.Baselines.ShouldHaveSingleItem().Baseline;
        promised.Items.ShouldHaveSingleItem().Finish.ShouldBe(new DateOnly(2026, 3, 13));
        promised.Warnings.Select(w => w.Name).ShouldNotContain("DatesNotHistorical");
    }

    [Fact]
    public async Task A_sprint_that_was_deleted_is_nobodys_choice_any_more()
    {
        await using var engine = await OpenAsync();
        await SeeAsync(engine, Sprint(new(2026, 3, 2), new(2026, 3, 13)));
        _tracker.Page("s", new SprintsOfProject("WEB", []), new SprintsOfProject("PAY", ["7"]));
        await engine.SyncAsync();
        (await RowsAsync(engine)).ShouldNotBeEmpty();

        _tracker.Page("s", new SprintsOfProject("PAY", ["8"]));
        await engine.SyncAsync();

        (await RowsAsync(engine)).ShouldBeEmpty();
    }

    private static SprintFact Sprint(DateOnly? first, DateOnly? last) => new() { Id = "7", Name = "Sprint 7", Project = "PAY", FirstDay = first, LastDay = last, IsSelected = true };

    private static async Task<Sprint> SprintAsync(TestEngine engine) => (await engine.Histories.ReadAsync(Project, CancellationToken.None)).Sprints.Values.ShouldHaveSingleItem();

    private static async Task<(string?, string?)> DatesAsync(TestEngine engine, DateTimeOffset? asOf)
    {
        var row = JsonNode.Parse(await RowsAsync(engine, asOf))!;
        return ((string?)row["start"], (string?)row["end"]);
    }

    private static async Task<string> RowsAsync(TestEngine engine, DateTimeOffset? asOf = null)
    {
        var output = new MemoryStream();
        (await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = "sprints", AsOf = asOf }, output, CancellationToken.None)).ShouldBeNull();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private Task<TestEngine> OpenAsync()
    {
        _tracker.Page("s");
        return TestEngine.OpenAsync(_file, new PmoDefinition { Calendar = TestEngine.Calendar, Projects = new Dictionary<string, ProjectDefinition> { ["PRJ"] = Project } }, [_tracker.As("alpha", "PAY")]);
    }

    /// <summary>Lets a day pass and the tracker tell the sprint; gives the instant.</summary>
    private async Task<DateTimeOffset> SeeAsync(TestEngine engine, SprintFact sprint)
    {
        engine.Clock.Advance(TimeSpan.FromDays(1));
        _tracker.Page("s", sprint);
        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Succeeded);
        return engine.Clock.GetUtcNow();
    }
}
