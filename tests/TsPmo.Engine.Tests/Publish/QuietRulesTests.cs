using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Tests.Publish;

/// <summary>What keeps a place from being written more than anybody wants.</summary>
public sealed class QuietRulesTests : IDisposable
{
    private readonly StoreFile _file = new();
    private readonly WhiteBoard _board = new();
    private readonly Dial _dial = new() { Value = 0 };

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Noise_writes_nothing_and_small_steps_add_up()
    {
        await using var engine = await OpenAsync();
        var written = new List<decimal>();
        foreach (var value in new[] { 0m, 0.5m, 1.9m, -1.9m, 1m, 2m, 3.5m, 2.5m, 4.1m, 4.0m })
        {
            engine.Clock.Advance(TimeSpan.FromDays(1));
            _dial.Value = value;
            if ((await PublishAsync(engine)).Action is PublicationAction.Created or PublicationAction.Updated)
                written.Add(value);
        }

        written.ShouldBe([0m, 2m, 4.1m]);
    }

    [Fact]
    public async Task An_item_is_written_so_often_a_day_and_no_oftener_and_the_next_day_again()
    {
        await using var engine = await OpenAsync(new() { WritesPerItemPerDay = 2 });
        var actions = new List<PublicationAction>();
        for (var i = 0; i < 4; i++)
        {
            _dial.Value = 10 * i;
            actions.Add((await PublishAsync(engine)).Action);
        }

        actions.ShouldBe([PublicationAction.Created, PublicationAction.Updated, PublicationAction.Failed, PublicationAction.Failed]);
        (await PublishAsync(engine)).Error.ShouldNotBeNull().Code.ShouldBe("write-budget-spent");
        engine.Clock.Advance(TimeSpan.FromDays(1));
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Updated);
    }

    [Fact]
    public async Task A_run_writes_so_often_and_no_oftener_and_the_rest_is_written_by_the_next()
    {
        await using var engine = await OpenAsync(new() { WritesPerRun = 1 }, Publication("a", "PAY-1"), Publication("b", "PAY-2"));

        (await RunAsync(engine)).Publications.Select(p => p.Action).ShouldBe([PublicationAction.Created, PublicationAction.Failed]);
        (await RunAsync(engine)).Publications.Select(p => p.Action).ShouldBe([PublicationAction.Unchanged, PublicationAction.Created]);
    }

    [Fact]
    public async Task What_somebody_deleted_is_made_again_once_and_then_reported()
    {
        await using var engine = await OpenAsync();
        await PublishAsync(engine);

        _board.Standing.Clear();
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Created);
        _board.Standing.Clear();
        var third = await PublishAsync(engine);

        (third.Action, third.Error.ShouldNotBeNull().Code).ShouldBe((PublicationAction.Failed, "deleted-by-a-person"));
        _board.Standing.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_creation_that_never_arrived_is_not_counted_against_the_place()
    {
        await using var engine = await OpenAsync();
        _board.Interrupt = _ => Task.FromResult<WriteResult?>(new() { IsUncertain = true });
        for (var i = 0; i < 4; i++)
            (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Failed);

        _board.Interrupt = null;
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Created);
    }

    [Fact]
    public async Task The_schedule_leaves_a_place_that_failed_alone_for_longer_and_longer_and_shows_it_until_it_is_gone()
    {
        await using var engine = await OpenAsync();
        var attempts = 0;
        _board.Interrupt = _ =>
        {
            attempts++;
            return Task.FromResult<WriteResult?>(new() { Problem = new("forbidden", "No permission.", "Grant it.") });
        };
        for (var minute = 0; minute < 100; minute += 10)
        {
            (await PublishAsync(engine, PublishRequest.Schedule)).Error.ShouldNotBeNull().Code.ShouldBe("forbidden");
            engine.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        attempts.ShouldBe(4);
        (await RecordAsync(engine)).Trouble.ShouldNotBeNull().Message.ShouldBe("No permission.");
        _board.Interrupt = null;
        (await PublishAsync(engine, PublishRequest.Schedule)).Error.ShouldNotBeNull();
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Created);
        (await RecordAsync(engine)).Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task The_ledger_tells_who_wrote_what_from_which_figures_and_what_stood_there_before()
    {
        await using var engine = await OpenAsync();
        await PublishAsync(engine);
        _dial.Value = -10;
        engine.Clock.Advance(TimeSpan.FromHours(1));
        await PublishAsync(engine, "ada");

        var history = await engine.Get<IPublicationLedger>().HistoryAsync("PAYMENTS", 10, CancellationToken.None);

        history.Select(e => (e.Actor, e.Action)).ShouldBe([("ada", "Update"), ("command line", "Create")]);
        history[0].Before.ShouldNotBeNull().ShouldContain("Schedule variance: 0 working days");
        history[0].Written.ShouldNotBeNull().ShouldContain("Schedule variance: -10 working days");
        history[0].MeasuredAt.ShouldBe(engine.Clock.GetUtcNow());
        history[1].Before.ShouldBeNull();
    }

    [Fact]
    public async Task A_conflict_is_one_however_often_it_is_met_and_theirs_stays_until_somebody_decides()
    {
        await using var engine = await OpenAsync();
        await PublishAsync(engine);
        _board.Edit("PAY-1", "theirs");
        _dial.Value = -10;

        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Conflict);
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Conflict);

        _board.Standing["PAY-1"].ShouldEndWith("theirs");
        (await engine.Get<IPublicationLedger>().HistoryAsync(null, 10, CancellationToken.None)).Count(e => e.Action == "Conflict").ShouldBe(1);
        var conflict = (await RecordAsync(engine)).Conflict.ShouldNotBeNull();
        (await DecideAsync(engine, "0123", ConflictResolution.TakeOver)).ShouldBeFalse();
        (await DecideAsync(engine, conflict.Fingerprint, ConflictResolution.KeepTheirs)).ShouldBeTrue();
        (await PublishAsync(engine)).ShouldSatisfyAllConditions(r => r.Action.ShouldBe(PublicationAction.Unchanged), r => r.Error.ShouldBeNull());
        _board.Standing["PAY-1"].ShouldEndWith("theirs");
    }

    [Fact]
    public async Task Taking_over_holds_for_the_text_that_was_decided_on_and_for_no_later_edit()
    {
        await using var engine = await OpenAsync();
        await PublishAsync(engine);
        _board.Edit("PAY-1", "theirs");
        _dial.Value = -10;
        await PublishAsync(engine);
        await DecideAsync(engine, (await RecordAsync(engine)).Conflict.ShouldNotBeNull().Fingerprint, ConflictResolution.TakeOver);

        _board.Edit("PAY-1", "theirs, once more");
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Conflict);
        await DecideAsync(engine, (await RecordAsync(engine)).Conflict.ShouldNotBeNull().Fingerprint, ConflictResolution.TakeOver);
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Updated);

        _board.Standing["PAY-1"].ShouldNotContain("theirs");
        (await RecordAsync(engine)).Conflict.ShouldBeNull();
    }

    private static PublicationDefinition Publication(string name = "status", string anchor = "PAY-1") => new() { Name = name, Connector = "board", Target = "Line", Anchor = anchor };

    private Task<TestEngine> OpenAsync(PublishingRules? rules = null, params PublicationDefinition[] publications)
    {
        var project = new ProjectDefinition { Key = "PAYMENTS", Name = "Payments", Publications = publications is [] ? [Publication()] : publications };
        var pmo = new PmoDefinition
        {
            Calendar = TestEngine.Calendar,
            Publishing = (rules ?? new() { WritesPerItemPerDay = 100 }) with { Templates = Reports.Own },
            Projects = new Dictionary<string, ProjectDefinition> { [project.Key] = project },
        };
        var connector = new ScriptedTracker().As("board") with { Publishers = new Dictionary<string, IPublisher> { ["Line"] = _board } };
        return TestEngine.OpenAsync(_file, pmo, [connector], metrics: [_dial]);
    }

    private static Task<PublishReport> RunAsync(TestEngine engine, string actor = "command line") =>
        engine.Get<PublishPass>().RunAsync(new() { Actor = actor }, null, CancellationToken.None);

    private static async Task<PublicationRow> PublishAsync(TestEngine engine, string actor = "command line") => (await RunAsync(engine, actor)).Publications.ShouldHaveSingleItem();

    private static async Task<PublicationRecord> RecordAsync(TestEngine engine) => (await engine.Get<IPublicationLedger>().GetAsync("PAYMENTS", "status", CancellationToken.None)).ShouldNotBeNull();

    private static Task<bool> DecideAsync(TestEngine engine, string fingerprint, ConflictResolution resolution) =>
        engine.Get<IPublicationLedger>().ResolveAsync("PAYMENTS", "status", fingerprint, resolution, "ada", engine.Clock.GetUtcNow(), CancellationToken.None);
}
