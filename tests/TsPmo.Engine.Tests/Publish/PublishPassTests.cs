using System.Text.Json;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Tests.Publish;

public sealed class PublishPassTests : IDisposable
{
    private readonly StoreFile _file = new();
    private readonly WhiteBoard _board = new();
    private readonly Dial _dial = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task What_is_said_once_is_not_said_again_until_a_figure_changes()
    {
        await using var engine = await OpenAsync(Publication());

        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Created);
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Unchanged);
        engine.Clock.Advance(TimeSpan.FromDays(3));
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Unchanged);
        _dial.Value = -7;
        var updated = await PublishAsync(engine);

        updated.Action.ShouldBe(PublicationAction.Updated);
        var diff = updated.Diff.ShouldNotBeNull().Split('\n');
        diff.ShouldContain("-Schedule variance: -4.5 working days (behind)");
        diff.ShouldContain("+Schedule variance: -7 working days (behind)");
        diff.ShouldContain(l => l.StartsWith("+Changed since ", StringComparison.Ordinal) && l.EndsWith("schedule variance (time) -4.5 working days → -7 working days", StringComparison.Ordinal));
        _board.Writes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_dry_run_shows_the_difference_and_writes_nothing()
    {
        await using var engine = await OpenAsync(Publication());

        var row = await PublishAsync(engine, dryRun: true);

        row.Action.ShouldBe(PublicationAction.WouldCreate);
        row.Diff.ShouldNotBeNull().ShouldStartWith("--- standing\n+++ desired\n@@ -0,0 +1,");
        _board.Writes.ShouldBeEmpty();
        (await engine.Get<IPublicationLedger>().ListAsync(null, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_intent_is_known_before_the_write_arrives()
    {
        await using var engine = await OpenAsync(Publication());
        PublicationState? before = null;
        _board.Interrupt = async _ =>
        {
            before = (await RecordAsync(engine))?.State;
            return null;
        };

        await PublishAsync(engine);

        before.ShouldBe(PublicationState.Intended);
        (await RecordAsync(engine)).ShouldNotBeNull().State.ShouldBe(PublicationState.Written);
    }

    [Fact]
    public async Task A_write_that_arrived_without_an_answer_is_found_and_not_made_twice()
    {
        await using var engine = await OpenAsync(Publication());
        _board.Interrupt = write =>
        {
            _board.Do(write);
            return Task.FromResult<WriteResult?>(new() { IsUncertain = true, Problem = new("timeout", "No answer came.", "Run again.") { Retryable = true } });
        };
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Failed);
        (await RecordAsync(engine)).ShouldNotBeNull().State.ShouldBe(PublicationState.Intended);

        _board.Interrupt = null;
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Unchanged);

        _board.Writes.Count.ShouldBe(1);
        var record = (await RecordAsync(engine)).ShouldNotBeNull();
        record.State.ShouldBe(PublicationState.Written);
        record.Written.ShouldBe(_board.Standing["PAY-1"]);
    }

    [Fact]
    public async Task A_failed_write_is_in_its_row_and_stops_no_other()
    {
        await using var engine = await OpenAsync(Publication("a", "PAY-1"), Publication("b", "PAY-2"));
        _board.Interrupt = write => Task.FromResult(write.Anchor == "PAY-1" ? new WriteResult { Problem = new("forbidden", "No permission.", "Grant it.") } : null);

        var report = await engine.Get<PublishPass>().RunAsync(new(), null, CancellationToken.None);

        report.Outcome.ShouldBe(SyncOutcome.Partial);
        report.Publications.Select(p => p.Action).ShouldBe([PublicationAction.Failed, PublicationAction.Created]);
        report.Publications[0].Error.ShouldNotBeNull().Code.ShouldBe("forbidden");
    }

    [Fact]
    public async Task A_fault_at_one_publication_is_in_its_row_without_its_words_and_stops_no_other()
    {
        await using var engine = await OpenAsync(Publication("a", "PAY-1"), Publication("b", "PAY-2"));
        _board.Interrupt = write => write.Anchor == "PAY-1" ? throw new InvalidOperationException("secret words") : Task.FromResult<WriteResult?>(null);

        var report = await engine.Get<PublishPass>().RunAsync(new(), null, CancellationToken.None);
        _board.Standing["PAY-1"] = "PAYMENTS/a\nold";
        var retracted = await engine.Get<RetractPass>().RunAsync(new(), null, CancellationToken.None);

        report.Publications.Select(p => p.Action).ShouldBe([PublicationAction.Failed, PublicationAction.Created]);
        report.Publications[0].Error.ShouldNotBeNull().Code.ShouldBe("internal-error");
        report.Publications[0].Error.ShouldNotBeNull().Message.ShouldNotContain("secret");
        retracted.Publications.Select(p => p.Action).ShouldBe([PublicationAction.Failed, PublicationAction.Retracted]);
    }

    [Fact]
    public async Task A_failed_update_keeps_the_hash_of_what_stands_there()
    {
        await using var engine = await OpenAsync(Publication());
        await PublishAsync(engine);
        var standing = (await RecordAsync(engine)).ShouldNotBeNull().ContentHash.ShouldNotBeNull();
        _dial.Value = -7;
        _board.Interrupt = _ => Task.FromResult<WriteResult?>(new() { Problem = new("forbidden", "No permission.", "Grant it.") });
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Failed);

        var failed = (await RecordAsync(engine)).ShouldNotBeNull();
        (failed.State, failed.ContentHash).ShouldBe((PublicationState.Failed, standing));

        _board.Interrupt = write =>
        {
            _board.Do(write);
            return Task.FromResult<WriteResult?>(new() { IsUncertain = true });
        };
        await PublishAsync(engine);
        (await PublishAsync(engine)).Action.ShouldBe(PublicationAction.Unchanged);
        var settled = (await RecordAsync(engine)).ShouldNotBeNull();
        settled.ContentHash.ShouldBe(_board.Standing["PAY-1"].Split('\n')[1]);
        settled.ContentHash.ShouldNotBe(standing);
    }

    [Fact]
    public async Task A_loud_target_without_permission_fails_and_writes_nothing()
    {
        _board.IsLoud = true;
        await using var engine = await OpenAsync(Publication());

        var row = await PublishAsync(engine);

        row.Action.ShouldBe(PublicationAction.Failed);
        row.Quiet.ShouldBe(false);
        row.Error.ShouldNotBeNull().Code.ShouldBe("loud-target");
        _board.Standing.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_target_or_connector_is_named()
    {
        await using var engine = await OpenAsync(Publication() with { Connector = "nowhere" });

        (await PublishAsync(engine)).Error.ShouldNotBeNull().Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task Two_runs_do_not_write_the_same_project_side_by_side()
    {
        await using var engine = await OpenAsync(Publication());
        await using var lease = await engine.Get<ILeases>().TryTakeAsync("publish/PAYMENTS", CancellationToken.None);

        (await PublishAsync(engine)).Error.ShouldNotBeNull().Code.ShouldBe("already-running");
    }

    [Fact]
    public async Task Data_that_were_never_read_whole_are_said_to_be_so_and_nothing_else()
    {
        await using var engine = await OpenAsync([Publication()], new SourceBinding { Name = "s", Connector = "board", Project = "PAY" });

        await PublishAsync(engine);

        _board.Standing["PAY-1"].ShouldContain("Data: stale since the beginning");
        _board.Standing["PAY-1"].ShouldNotContain("Schedule");
    }

    [Fact]
    public async Task A_publication_that_moved_is_taken_back_where_it_stood()
    {
        await using (var engine = await OpenAsync(Publication()))
            await PublishAsync(engine);
        await using var moved = await OpenAsync(Publication(anchor: "PAY-9"));

        var report = await moved.Get<PublishPass>().RunAsync(new(), null, CancellationToken.None);

        report.Publications.Select(p => (p.Anchor, p.Action)).ShouldBe([("PAY-1", PublicationAction.Retracted), ("PAY-9", PublicationAction.Created)]);
        _board.Standing.Keys.ShouldBe(["PAY-9"]);
    }

    [Fact]
    public async Task Retracting_takes_back_what_was_written_even_where_the_configuration_forgot_it()
    {
        await using (var engine = await OpenAsync(Publication("a", "PAY-1"), Publication("b", "PAY-2")))
            await engine.Get<PublishPass>().RunAsync(new(), null, CancellationToken.None);
        await using var later = await OpenAsync(Publication("a", "PAY-1"));
        var retract = later.Get<RetractPass>();

        (await retract.RunAsync(new(DryRun: true), null, CancellationToken.None)).Publications.ShouldAllBe(p => p.Action == PublicationAction.WouldRetract);
        _board.Standing.Count.ShouldBe(2);
        (await retract.RunAsync(new(), null, CancellationToken.None)).Publications.ShouldAllBe(p => p.Action == PublicationAction.Retracted);

        _board.Standing.ShouldBeEmpty();
        (await retract.RunAsync(new(), null, CancellationToken.None)).Publications.ShouldAllBe(p => p.Action == PublicationAction.Unchanged);
    }

    [Fact]
    public async Task A_retraction_that_left_something_standing_is_not_called_done()
    {
        await using var engine = await OpenAsync(Publication());
        await PublishAsync(engine);
        _board.Interrupt = _ => Task.FromResult<WriteResult?>(new());

        var report = await engine.Get<RetractPass>().RunAsync(new(), null, CancellationToken.None);

        report.Publications.ShouldHaveSingleItem().Error.ShouldNotBeNull().Code.ShouldBe("still-standing");
    }

    [Fact]
    public async Task An_unknown_project_is_an_error_of_the_run()
    {
        await using var engine = await OpenAsync(Publication());

        var report = await engine.Get<PublishPass>().RunAsync(new(["NOPE"]), null, CancellationToken.None);

        report.Errors.ShouldHaveSingleItem().Code.ShouldBe("project-unknown");
        report.Outcome.ShouldBe(SyncOutcome.Failed);
    }

    [Fact]
    public async Task The_report_has_the_documented_shape()
    {
        await using var engine = await OpenAsync(Publication());

        var report = await engine.Get<PublishPass>().RunAsync(new(DryRun: true), null, CancellationToken.None);
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(report, PublishJson.Default.PublishReport));

        json.RootElement.GetProperty("outcome").GetString().ShouldBe("succeeded");
        var row = json.RootElement.GetProperty("publications")[0];
        row.EnumerateObject().Select(p => p.Name).ShouldBe(["project", "publication", "connector", "target", "anchor", "action", "quiet", "diff", "error"]);
        row.GetProperty("action").GetString().ShouldBe("would-create");
        row.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static PublicationDefinition Publication(string name = "status", string anchor = "PAY-1") =>
        new() { Name = name, Connector = "board", Target = "Line", Anchor = anchor };

    private Task<TestEngine> OpenAsync(params PublicationDefinition[] publications) => OpenAsync(publications, []);

    private Task<TestEngine> OpenAsync(PublicationDefinition[] publications, params SourceBinding[] sources)
    {
        var project = new ProjectDefinition { Key = "PAYMENTS", Name = "Payments", Publications = publications, Sources = sources };
        var pmo = new PmoDefinition { Calendar = TestEngine.Calendar, Publishing = new() { Templates = Reports.Own }, Projects = new Dictionary<string, ProjectDefinition> { [project.Key] = project } };
        var connector = new ScriptedTracker().As("board") with { Publishers = new Dictionary<string, IPublisher> { ["Line"] = _board } };
        return TestEngine.OpenAsync(_file, pmo, [connector], metrics: [_dial]);
    }

    private static async Task<PublicationRow> PublishAsync(TestEngine engine, bool dryRun = false) =>
        (await engine.Get<PublishPass>().RunAsync(new(DryRun: dryRun), null, CancellationToken.None)).Publications.ShouldHaveSingleItem();

    private static Task<PublicationRecord?> RecordAsync(TestEngine engine) =>
        engine.Get<IPublicationLedger>().GetAsync("PAYMENTS", "status", CancellationToken.None);
}
