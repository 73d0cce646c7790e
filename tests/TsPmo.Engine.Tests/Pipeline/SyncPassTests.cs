using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Reporting;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Scheduling;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.Pipeline;

public sealed class SyncPassTests : IDisposable
{
    private static readonly Problem Refused = new("authentication-failed", "The sign-in was refused.", "Renew the token.");

    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_pass_stores_what_a_tracker_tells_and_counts_it()
    {
        var tracker = new ScriptedTracker().Page("items", Sample.Item("1"), Sample.Item("2"), Sample.Delta("1", 7, 1, (RawFields.Status, "New", "Open")));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        var report = await engine.SyncAsync();

        report.Outcome.ShouldBe(SyncOutcome.Succeeded);
        var alpha = report.Connectors.ShouldHaveSingleItem();
        (alpha.ItemsRead, alpha.ItemsChanged, alpha.ItemsDeleted, alpha.ChangesStored, alpha.Quarantined).ShouldBe((2, 2, 0, 1, 0));
    }

    [Fact]
    public async Task A_second_pass_goes_on_from_the_cursor_and_a_full_one_from_the_beginning_and_neither_stores_anything_twice()
    {
        var tracker = new ScriptedTracker().Page("items", Sample.Item("1"), Sample.Delta("1", 7, 1, (RawFields.Status, "New", "Open")));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);
        await engine.SyncAsync();

        var second = await engine.SyncAsync();
        var full = await engine.SyncAsync(ReadDepth.Everything);

        tracker.Requests.Select(r => r.Cursor).ShouldBe([null, "1", null]);
        second.Connectors[0].ItemsRead.ShouldBe(0);
        (full.Connectors[0].ItemsRead, full.Connectors[0].ItemsChanged, full.Connectors[0].ChangesStored).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task An_item_of_which_only_the_update_time_moved_is_not_counted()
    {
        var tracker = new ScriptedTracker().Page("items", Sample.Item("1", version: 1)).Page("items", Sample.Item("1", version: 2));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        var report = await engine.SyncAsync();

        report.Connectors[0].ItemsChanged.ShouldBe(1);
        (await ItemAsync(engine, "alpha")).Updated.ShouldBe(Sample.Start.AddHours(2));
    }

    [Fact]
    public async Task A_revision_that_repeats_the_one_before_it_is_not_counted()
    {
        var tracker = new ScriptedTracker()
            .Page("items", Sample.Item("1"), Sample.Revision("1", 1, 0, (RawFields.Status, "Open")))
            .Page("items", Sample.Revision("1", 2, 1, (RawFields.Status, "Open")))
            .Page("items", Sample.Revision("1", 3, 2, (RawFields.Status, "Done")));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        (await engine.SyncAsync()).Connectors[0].ChangesStored.ShouldBe(2);
    }

    [Fact]
    public async Task An_older_version_of_an_item_changes_nothing()
    {
        var tracker = new ScriptedTracker().Page("items", Sample.Item("1", 5, (RawFields.Priority, "High"))).Page("items", Sample.Item("1", 4, (RawFields.Priority, "Low")));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        await engine.SyncAsync();

        (await ItemAsync(engine, "alpha")).Priority.Current.ShouldBe("High");
    }

    [Fact]
    public async Task An_item_that_turns_out_to_be_deleted_is_counted_once()
    {
        var tracker = new ScriptedTracker().Page("items", Sample.Item("1")).Page("items", Sample.Item("1", 2, (RawFields.Deleted, "true")));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        (await engine.SyncAsync()).Connectors[0].ItemsDeleted.ShouldBe(1);
        (await engine.SyncAsync(ReadDepth.Everything)).Connectors[0].ItemsDeleted.ShouldBe(0);
    }

    [Fact]
    public async Task A_deletion_told_by_an_event_alone_counts_and_a_later_version_brings_the_item_back()
    {
        var tracker = new ScriptedTracker()
            .Page("items", Sample.Item("1"), Sample.Revision("1", 1, 0, (RawFields.Status, "Open")))
            .Page("items", Sample.Delta("1", 2, 1, (RawFields.Deleted, null, "true")));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        (await engine.SyncAsync()).Connectors[0].ItemsDeleted.ShouldBe(1);
        (await ItemAsync(engine, "alpha")).Deleted.Current.ShouldBeTrue();
        (await LiveAsync()).ShouldBe(0);

        tracker.Page("items", Sample.Item("1", 72), Sample.Revision("1", 3, 3, (RawFields.Status, "Open")));
        (await engine.SyncAsync()).Connectors[0].ItemsDeleted.ShouldBe(0);
        (await ItemAsync(engine, "alpha")).Deleted.Current.ShouldBeFalse();
        (await LiveAsync()).ShouldBe(1);

        async Task<int> LiveAsync()
        {
            await using var context = engine.Get<PmoStore>().Read();
            return await context.Items.CountAsync(i => !i.IsDeleted, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_record_that_is_not_understood_goes_to_quarantine_stops_nothing_and_leaves_it_once_it_is_understood()
    {
        var broken = new Normalised([], new Problem("record-not-understood", "The record has no date.", "Report it."));
        var tracker = new ScriptedTracker().Records("items", broken, new Normalised([Sample.Item("1")]));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        var report = await engine.SyncAsync();

        report.Outcome.ShouldBe(SyncOutcome.Partial);
        (report.Connectors[0].Quarantined, report.Connectors[0].ItemsChanged).ShouldBe((1, 1));
        report.Connectors[0].Errors.ShouldHaveSingleItem().Code.ShouldBe("record-not-understood");
        var held = (await engine.Get<IReportingQueries>().QuarantineAsync(10, CancellationToken.None)).ShouldHaveSingleItem();
        (held.Connector, held.Stream, held.Id, held.Body).ShouldBe(("alpha", "items", "items-0", """{"id":"items-0"}"""));

        tracker.Again("items", "items-0", new Normalised([]));
        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Succeeded);
        (await engine.Get<IReportingQueries>().QuarantineAsync(10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_that_fails_stops_neither_the_next_stream_nor_another_connector_and_is_read_again_from_where_it_stood()
    {
        var failure = new Problem("server-error", "The tracker answered 500.", "Look at the tracker.");
        var broken = new ScriptedTracker().Page("items", Sample.Item("1")).Fails("items", failure).Page("items", Sample.Item("2")).Page("sprints", Sample.Item("3"));
        var sound = new ScriptedTracker().Page("items", Sample.Item("1"));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [broken.As("alpha"), sound.As("beta")]);

        var report = await engine.SyncAsync();
        broken.Recover();
        var next = await engine.SyncAsync();

        report.Outcome.ShouldBe(SyncOutcome.Partial);
        report.Connectors.Select(c => (c.Name, c.Outcome, c.ItemsChanged)).ShouldBe([("alpha", SyncOutcome.Partial, 2L), ("beta", SyncOutcome.Succeeded, 1L)]);
        next.Outcome.ShouldBe(SyncOutcome.Succeeded);
        next.Connectors[0].ItemsChanged.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_refused_sign_in_no_other_stream_is_tried()
    {
        var tracker = new ScriptedTracker().Fails("items", Refused).Page("sprints", Sample.Item("1"));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        var report = await engine.SyncAsync();

        report.Outcome.ShouldBe(SyncOutcome.Failed);
        tracker.Requests.ShouldHaveSingleItem().Stream.ShouldBe("items");
    }

    [Fact]
    public async Task A_part_that_cannot_be_read_makes_the_pass_partial_and_its_data_still_fresh()
    {
        var tracker = new ScriptedTracker().Page("items", Sample.Item("1")).Notes("items", new Problem("forbidden", "One project is closed to us.", "Ask for access."));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Partial);

        var last = (await engine.Get<IRunLog>().LastAsync(CancellationToken.None)).ShouldHaveSingleItem();
        last.SucceededAt.ShouldBe(engine.Clock.GetUtcNow());
        last.Last.Errors.ShouldHaveSingleItem().Code.ShouldBe("forbidden");
    }

    [Fact]
    public async Task The_time_waited_and_what_is_left_of_the_limit_are_in_the_report()
    {
        var tracker = new ScriptedTracker { Headroom = "71 of 100 requests" }.Page("items", Sample.Item("1"));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        JsonSerializer.Serialize(await engine.SyncAsync(), SyncJson.Default.SyncReport).ShouldContain("\"throttledMs\":7,\"headroom\":\"71 of 100 requests\",");
        tracker.Headroom = null;
        JsonSerializer.Serialize(await engine.SyncAsync(), SyncJson.Default.SyncReport).ShouldContain("\"headroom\":null");
    }

    [Fact]
    public async Task An_email_that_is_hidden_now_keeps_the_known_one_and_a_new_name_is_taken()
    {
        var tracker = new ScriptedTracker()
            .Page("people", new PersonFact("a-1", "Ada", "ADA@example.com"), new PersonFact("a-2", "Bob", null))
            .Page("people", new PersonFact("a-1", "Ada Lovelace", null), new PersonFact("a-2", "Bobby", "bob@example.com"), new PersonFact("a-2", "Bobby", null));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);
        await engine.SyncAsync();

        using var output = new MemoryStream();
        await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = "people" }, output, CancellationToken.None);

        System.Text.Encoding.UTF8.GetString(output.ToArray()).ShouldBe(
            "{\"id\":\"ada@example.com\",\"displayName\":\"Ada Lovelace\",\"emails\":[\"ada@example.com\"],\"accounts\":[\"alpha:a-1\"]}\n"
            + "{\"id\":\"bob@example.com\",\"displayName\":\"Bobby\",\"emails\":[\"bob@example.com\"],\"accounts\":[\"alpha:a-2\"]}\n");
    }

    [Fact]
    public async Task A_move_that_no_event_tells_of_is_a_change_of_the_project_at_the_update_that_shows_it()
    {
        var tracker = new ScriptedTracker().Page("items", Sample.Item("1", 1)).Page("items", Sample.Item("1", 5, (RawFields.Project, "WEB")), Sample.Delta("1", 3, 0.1, (RawFields.Status, "New", "Open")));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        await engine.SyncAsync();

        (await ItemAsync(engine, "alpha")).Project.Entries.ShouldBe([new(Sample.Start.AddHours(5), null, "PAY", "WEB")]);
        tracker.Page("items", Sample.Delta("1", 4, 0.2, (RawFields.Project, "PAY", "WEB")));
        await engine.SyncAsync();
        (await ItemAsync(engine, "alpha")).Project.Entries.ShouldBe([new(Sample.Day(0.2), "ada", "PAY", "WEB")]);
    }

    [Fact]
    public async Task A_second_pass_beside_a_running_one_says_so()
    {
        var tracker = new ScriptedTracker().Page("items", Sample.Item("1"));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);
        await using var other = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);
        await using var lease = await other.Get<ILeases>().TryTakeAsync("sync-alpha", CancellationToken.None);

        var report = await engine.SyncAsync();

        report.Connectors[0].Errors.ShouldHaveSingleItem().Code.ShouldBe("already-running");
        report.Outcome.ShouldBe(SyncOutcome.Failed);
    }

    [Fact]
    public async Task A_connector_that_was_left_out_keeps_its_last_pass_and_its_freshness()
    {
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [new ScriptedTracker().Page("items", Sample.Item("1")).As("alpha")]);
        await engine.SyncAsync();
        var before = (await engine.Get<IRunLog>().LastAsync(CancellationToken.None)).ShouldHaveSingleItem();
        await using var lease = await engine.Get<ILeases>().TryTakeAsync("sync-alpha", CancellationToken.None);
        engine.Clock.Advance(TimeSpan.FromHours(1));

        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Failed);

        var after = (await engine.Get<IRunLog>().LastAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (after.FinishedAt, after.SucceededAt, after.Last.Outcome).ShouldBe((before.FinishedAt, before.SucceededAt, SyncOutcome.Succeeded));
    }

    [Fact]
    public async Task A_scheduled_reconciliation_waits_for_the_pass_that_began_with_it_and_gives_up_after_a_quarter_of_an_hour()
    {
        var tracker = new ScriptedTracker().Page("items", Sample.Item("1"));
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);
        var work = ActivatorUtilities.CreateInstance<ScheduledWork>(engine.Get<IServiceProvider>());
        var lease = (await engine.Get<ILeases>().TryTakeAsync("sync-alpha", CancellationToken.None)).ShouldNotBeNull();
        var begun = engine.Clock.GetUtcNow();

        var refused = await engine.Clock.RunAsync(work.RunAsync(WorkKind.Reconcile, "alpha", CancellationToken.None), TimeSpan.FromSeconds(2));
        (refused.Result, engine.Clock.GetUtcNow() - begun).ShouldBe((WorkResult.Failed, TimeSpan.FromMinutes(15)));

        var waiting = work.RunAsync(WorkKind.Reconcile, "alpha", CancellationToken.None);
        await lease.DisposeAsync();
        (await engine.Clock.RunAsync(waiting, TimeSpan.FromSeconds(2))).Result.ShouldBe(WorkResult.Done);
        tracker.Requests.ShouldHaveSingleItem().Cursor.ShouldBeNull();
    }

    [Fact]
    public async Task A_report_tells_instants_in_UTC_to_the_millisecond()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        var report = (await engine.SyncAsync()) with { StartedAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(1)).AddTicks(1_234_567) };

        JsonSerializer.Serialize(report, SyncJson.Default.SyncReport).ShouldContain("\"startedAt\":\"2026-03-02T08:00:00.123Z\"");
    }

    [Fact]
    public async Task A_pass_that_ends_between_a_pages_receipt_and_its_commit_loses_and_doubles_nothing()
    {
        var pages = Enumerable.Range(1, 5).ToList();
        var tracker = new ScriptedTracker();
        foreach (var page in pages)
            tracker.Page("items", Sample.Item($"{page}"), Sample.Delta($"{page}", page, 1, (RawFields.Status, "New", "Open")));
        foreach (var stop in pages)
        {
            using var observer = new StopsAt(stop);
            await using var interrupted = await TestEngine.OpenAsync(_file, connectors: [tracker.As($"c{stop}")], observer: observer);
            await Should.ThrowAsync<OperationCanceledException>(interrupted.Sync.RunAsync(new SyncRequest(), null, observer.Token));
            await using var resumed = await TestEngine.OpenAsync(_file, connectors: [tracker.As($"c{stop}")]);
            var report = await resumed.SyncAsync();

            tracker.Requests[^1].Cursor.ShouldBe(stop == 1 ? null : $"{stop - 1}");
            report.Connectors[0].ItemsChanged.ShouldBe(5 - (stop - 1));
            var ids = new List<string>();
            await foreach (var item in resumed.Histories.StreamAsync($"c{stop}", CancellationToken.None))
                ids.Add(item.Id.Id);
            ids.ShouldBe(["1", "2", "3", "4", "5"]);
        }
    }

    private static async Task<TsPmo.Model.History.ItemHistory> ItemAsync(TestEngine engine, string connector)
    {
        await foreach (var item in engine.Histories.StreamAsync(connector, CancellationToken.None))
            return item;
        throw new InvalidOperationException("No item is stored.");
    }

    private sealed class StopsAt(long page) : ICommitObserver, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public CancellationToken Token => _stop.Token;

        public void Dispose() => _stop.Dispose();

        public async Task ReceivedAsync(string connector, string stream, long number, CancellationToken cancellationToken)
        {
            if (number == page)
                await _stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        public Task StoredAsync(string connector, string stream, long number, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
