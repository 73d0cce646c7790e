using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.Pipeline;

public sealed class SweepTests : IDisposable
{
    private static readonly Problem Broken = new("server-error", "The tracker answered 500.", "Look at the tracker.");

    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_sweep_over_unchanged_items_looks_at_none_and_stores_nothing()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2"), Sample.Item("3"));
        await using var engine = await ReadAsync(tracker);

        var report = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];

        (report.Outcome, report.ItemsRead, report.ItemsChanged, report.ItemsDeleted, report.ChangesStored).ShouldBe((SyncOutcome.Succeeded, 0, 0, 0, 0));
        (tracker.Sweeps, tracker.Looks.Count).ShouldBe((1, 0));
        tracker.Reads.Select(r => (r.Depth, r.Cursor)).ShouldBe([(ReadDepth.Changes, null), (ReadDepth.Reconcile, "1")]);
    }

    [Fact]
    public async Task Items_older_than_what_is_read_are_not_looked_at_while_they_are_there_and_are_when_they_go_or_come_back()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2"), Sample.Item("3"));
        await using var engine = await ReadAsync(tracker);
        tracker.There["9"] = Sample.Item("9");
        tracker.Beyond.UnionWith(["1", "2", "9"]);

        await engine.SyncAsync(ReadDepth.Reconcile);
        tracker.Looks.ShouldBeEmpty();

        var gone = tracker.There["2"];
        tracker.There.Remove("2");
        await engine.SyncAsync(ReadDepth.Reconcile);
        (await engine.ItemAsync("2")).Deleted.Current.ShouldBeTrue();
        tracker.There["2"] = gone;
        await engine.SyncAsync(ReadDepth.Reconcile);
        (await engine.ItemAsync("2")).Deleted.Current.ShouldBeFalse();
        tracker.Looks.ShouldBe([["2"], ["2"]]);
    }

    [Fact]
    public async Task An_ordinary_pass_does_not_sweep_and_a_full_one_does()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"));
        await using var engine = await ReadAsync(tracker);

        await engine.SyncAsync();
        tracker.Sweeps.ShouldBe(0);
        await engine.SyncAsync(ReadDepth.Everything);

        tracker.Sweeps.ShouldBe(1);
        (tracker.Reads[^1].Depth, tracker.Reads[^1].Cursor).ShouldBe((ReadDepth.Everything, null));
    }

    [Fact]
    public async Task An_item_that_is_gone_becomes_a_tombstone_at_our_first_sight_and_is_counted_once()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2"));
        await using var engine = await ReadAsync(tracker);
        tracker.There.Remove("2");

        var first = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];
        var seen = engine.Clock.GetUtcNow();
        engine.Clock.Advance(TimeSpan.FromDays(1));
        var second = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];

        (first.Outcome, first.ItemsDeleted, first.ChangesStored).ShouldBe((SyncOutcome.Succeeded, 1, 1));
        (second.ItemsDeleted, second.ChangesStored).ShouldBe((0, 0));
        tracker.Looks.ShouldHaveSingleItem().ShouldBe(["2"]);
        var deletion = (await engine.ItemAsync("2")).Deleted.Entries.ShouldHaveSingleItem();
        (deletion.At, deletion.Author, deletion.From, deletion.To).ShouldBe((seen, null, false, true));
        (await engine.ItemAsync("1")).Deleted.Current.ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_item_is_marked_in_exports_and_its_links_and_hours_are_left_out()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2"));
        tracker.Feed.Add([new LinkSet("1", "issue", [new LinkEnd("l", LinkKind.Blocks, IsOutward: true, "2", null)]), new TimeEntryFact("9", 1, "2", "ada", Sample.Day(1), 3)]);
        await using var engine = await ReadAsync(tracker);
        (await ExportAsync(engine, "links"), await ExportAsync(engine, "time-entries")).ShouldSatisfyAllConditions(e => e.Item1.ShouldNotBeEmpty(), e => e.Item2.ShouldNotBeEmpty());
        tracker.There.Remove("2");

        await engine.SyncAsync(ReadDepth.Reconcile);

        (await ExportAsync(engine, "links"), await ExportAsync(engine, "time-entries")).ShouldBe(("", ""));
        (await ExportAsync(engine, "work-items")).Split('\n').Count(l => l.EndsWith("\"deleted\":true}", StringComparison.Ordinal)).ShouldBe(1);
        (await ExportAsync(engine, "changes")).ShouldContain("\"author\":null,\"field\":\"deleted\",\"from\":false,\"to\":true");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_item_that_comes_back_lives_again_whether_a_sweep_or_ordinary_reading_sees_it(bool sweeps)
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2"));
        await using var engine = await ReadAsync(tracker);
        var kept = tracker.There["2"];
        tracker.There.Remove("2");
        await engine.SyncAsync(ReadDepth.Reconcile);
        engine.Clock.Advance(TimeSpan.FromHours(1));
        tracker.There["2"] = kept;
        if (!sweeps)
            tracker.Puts(kept);

        var report = (await engine.SyncAsync(sweeps ? ReadDepth.Reconcile : ReadDepth.Changes)).Connectors[0];

        (report.Outcome, report.ItemsDeleted).ShouldBe((SyncOutcome.Succeeded, 0));
        var item = await engine.ItemAsync("2");
        item.Deleted.Entries.Select(e => (e.From, e.To)).ShouldBe([(false, true), (true, false)]);
        item.Deleted.Entries[1].At.ShouldBe(engine.Clock.GetUtcNow());
        (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0].ChangesStored.ShouldBe(0);
        (await ExportAsync(engine, "work-items")).ShouldNotContain("\"deleted\":true");
    }

    [Fact]
    public async Task An_item_that_is_deleted_again_within_the_same_instant_is_deleted_all_the_same()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"));
        await using var engine = await ReadAsync(tracker);
        var kept = tracker.There["1"];
        foreach (var isThere in new[] { false, true, false })
        {
            if (isThere)
                tracker.There["1"] = kept;
            else
                tracker.There.Remove("1");
            await engine.SyncAsync(ReadDepth.Reconcile);
        }

        (await engine.ItemAsync("1")).Deleted.Entries.Select(e => e.To).ShouldBe([true, false, true]);
    }

    [Fact]
    public async Task A_deletion_that_the_tracker_itself_told_is_not_told_again()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"));
        tracker.Feed.Add([Sample.Delta("1", 5, 2, (RawFields.Deleted, null, "true"))]);
        tracker.There.Remove("1");
        await using var engine = await ReadAsync(tracker);

        var report = (await engine.SyncAsync(ReadDepth.Everything)).Connectors[0];

        (report.ItemsDeleted, tracker.Looks.Count).ShouldBe((0, 0));
        (await engine.ItemAsync("1")).Deleted.Entries.ShouldHaveSingleItem().At.ShouldBe(Sample.Day(2));
    }

    [Fact]
    public async Task A_sweep_that_fails_or_does_not_say_that_it_came_to_its_end_concludes_nothing()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2"), Sample.Item("3"));
        await using var engine = await ReadAsync(tracker);
        tracker.There.Remove("3");

        tracker.SweepFailure = Broken;
        var failed = await engine.SyncAsync(ReadDepth.Reconcile);
        (tracker.SweepFailure, tracker.StopsShort) = (null, true);
        var cutShort = await engine.SyncAsync(ReadDepth.Reconcile);

        (failed.Connectors[0].Errors.ShouldHaveSingleItem().Code, cutShort.Connectors[0].Errors.ShouldHaveSingleItem().Code).ShouldBe(("server-error", "not-swept"));
        tracker.Looks.ShouldBeEmpty();
        (await engine.ItemAsync("3")).Deleted.Current.ShouldBeFalse();
        tracker.StopsShort = false;
        (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0].ItemsDeleted.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_refused_sign_in_nothing_is_swept()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"));
        await using var engine = await ReadAsync(tracker);
        tracker.StreamFailure = new Problem("authentication-failed", "The sign-in was refused.", "Renew the token.");

        (await engine.SyncAsync(ReadDepth.Reconcile)).Outcome.ShouldBe(SyncOutcome.Failed);

        tracker.Sweeps.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_concluded_about_a_project_that_cannot_be_seen_at_all_and_that_is_told()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2", 1, (RawFields.Project, "WEB")));
        await using var engine = await ReadAsync(tracker, "PAY", "WEB");
        tracker.Vanished.Add("WEB");
        tracker.There.Clear();

        var report = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];

        report.Errors.ShouldHaveSingleItem().Message.ShouldContain("WEB");
        tracker.Looks.ShouldHaveSingleItem().ShouldBe(["1"]);
        (await engine.ItemAsync("2")).Deleted.Current.ShouldBeFalse();
    }

    [Fact]
    public async Task A_listing_that_lags_behind_deletes_and_revives_nothing()
    {
        var tracker = new SweepableTracker().Puts([.. Enumerable.Range(1, 40).Select(i => Sample.Item($"{i}"))]);
        await using var engine = await ReadAsync(tracker);
        tracker.Lagging.UnionWith(tracker.There.Keys);

        var report = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];

        (report.ItemsDeleted, report.ItemsChanged, report.ChangesStored).ShouldBe((0, 0, 0));
        tracker.Looks.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Items_are_looked_up_some_hundreds_at_a_time()
    {
        var tracker = new SweepableTracker().Puts([.. Enumerable.Range(1, 650).Select(i => Sample.Item($"{i}"))]);
        await using var engine = await ReadAsync(tracker);
        foreach (var id in Enumerable.Range(1, 350))
            tracker.There.Remove($"{id}");
        foreach (var id in Enumerable.Range(1001, 300))
            tracker.There[$"{id}"] = Sample.Item($"{id}");

        var report = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];

        (report.ItemsDeleted, report.ItemsChanged).ShouldBe((350, 300));
        tracker.Looks.Select(l => l.Count).ShouldBe([300, 300, 50]);
        tracker.Looks.SelectMany(l => l).ShouldBeUnique();
    }

    [Fact]
    public async Task A_look_that_fails_half_way_keeps_what_it_had_told()
    {
        var tracker = new SweepableTracker { LookPage = 2 }.Puts([.. Enumerable.Range(1, 5).Select(i => Sample.Item($"{i}"))]);
        await using var engine = await ReadAsync(tracker);
        tracker.There.Clear();
        tracker.LookFailure = Broken;

        var first = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];
        tracker.LookFailure = null;
        var second = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];

        (first.Outcome, first.ItemsDeleted, first.Errors.ShouldHaveSingleItem().Code).ShouldBe((SyncOutcome.Partial, 2, "server-error"));
        (second.Outcome, second.ItemsDeleted).ShouldBe((SyncOutcome.Succeeded, 3));
    }

    [Fact]
    public async Task A_hidden_item_is_kept_as_it_was_and_told_once_until_it_is_seen_again()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2"), Sample.Item("3"));
        await using var engine = await ReadAsync(tracker);
        tracker.Hidden.UnionWith(["2", "3"]);

        var first = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];
        var since = engine.Clock.GetUtcNow();
        engine.Clock.Advance(TimeSpan.FromDays(1));
        var second = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];

        var error = first.Errors.ShouldHaveSingleItem();
        (error.Code, error.Scope, first.ItemsDeleted, first.Outcome).ShouldBe(("no-longer-visible", "PAY", 0, SyncOutcome.Partial));
        error.Message.ShouldContain("2 items of PAY");
        (second.Outcome, second.ItemsDeleted).ShouldBe((SyncOutcome.Succeeded, 0));
        var hidden = await engine.ItemAsync("2");
        (hidden.HiddenSince, hidden.Deleted.Current, hidden.StatusName).ShouldBe((since, false, "Open"));

        tracker.Hidden.Clear();
        await engine.SyncAsync(ReadDepth.Reconcile);
        (await engine.ItemAsync("2")).HiddenSince.ShouldBeNull();
    }

    [Fact]
    public async Task A_hidden_item_that_is_deleted_becomes_a_tombstone()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"));
        await using var engine = await ReadAsync(tracker);
        tracker.Hidden.Add("1");
        await engine.SyncAsync(ReadDepth.Reconcile);
        tracker.Hidden.Clear();
        tracker.There.Clear();

        (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0].ItemsDeleted.ShouldBe(1);

        var item = await engine.ItemAsync("1");
        (item.HiddenSince, item.Deleted.Current).ShouldBe((null, true));
    }

    [Fact]
    public async Task An_item_that_moved_out_of_the_projects_keeps_its_history_under_its_id()
    {
        var tracker = new SweepableTracker().Puts(Sample.Item("1"));
        tracker.Feed.Add([Sample.Delta("1", 4, 1, (RawFields.Status, "New", "Open"))]);
        await using var engine = await ReadAsync(tracker);
        tracker.There["1"] = Sample.Item("1", 99, (RawFields.Project, "ELSE"));
        tracker.Beside["1"] = [Sample.Delta("1", 5, 4, (RawFields.Project, "PAY", "ELSE"))];

        var report = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];
        var again = (await engine.SyncAsync(ReadDepth.Reconcile)).Connectors[0];

        (report.Outcome, report.ItemsDeleted, again.ItemsRead).ShouldBe((SyncOutcome.Succeeded, 0, 0));
        var item = await engine.ItemAsync("1");
        (item.Status.Entries.Count, item.Deleted.Entries.Count).ShouldBe((1, 0));
        item.Project.Entries.Select(e => (e.Author, e.From, e.To)).ShouldBe([("ada", "PAY", "ELSE")]);
    }

    [Fact]
    public async Task A_revision_that_does_not_follow_the_last_one_lets_the_item_be_looked_at_in_the_same_pass()
    {
        var tracker = Revised("1");
        await using var engine = await ReadAsync(tracker);
        Revises(tracker, "1", 3);

        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Succeeded);
        await engine.SyncAsync(ReadDepth.Reconcile);

        tracker.Looks.ShouldHaveSingleItem().ShouldBe(["1"]);
        (await engine.ItemAsync("1")).Status.Entries.Select(e => e.To).ShouldBe(["State 2", "State 3"]);
    }

    [Fact]
    public async Task A_revision_that_follows_the_last_one_costs_no_look()
    {
        var tracker = Revised("1");
        await using var engine = await ReadAsync(tracker);
        Revises(tracker, "1", 2, 3);

        await engine.SyncAsync();

        tracker.Looks.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_that_was_found_gone_and_comes_back_with_a_later_revision_has_no_hole_in_its_past()
    {
        var tracker = Revised("1");
        await using var engine = await ReadAsync(tracker);
        var there = tracker.There["1"];
        tracker.There.Remove("1");
        await engine.SyncAsync(ReadDepth.Reconcile);
        engine.Clock.Advance(TimeSpan.FromDays(1));
        tracker.There["1"] = there;
        Revises(tracker, "1", 4);
        tracker.Feed[^1][0] = tracker.There["1"] = tracker.There["1"] with { Updated = engine.Clock.GetUtcNow() };

        await engine.SyncAsync();

        var item = await engine.ItemAsync("1");
        (item.Deleted.Current, item.Deleted.Entries.Count).ShouldBe((false, 2));
        item.Status.Entries.Select(e => e.To).ShouldBe(["State 2", "State 3", "State 4"]);
        await engine.SyncAsync(ReadDepth.Reconcile);
        tracker.Looks.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_item_to_which_the_look_did_not_come_is_looked_at_by_the_next_sweep()
    {
        var tracker = Revised("1", "2");
        tracker.LookPage = 1;
        await using var engine = await ReadAsync(tracker);
        Revises(tracker, "1", 3);
        Revises(tracker, "2", 3);
        tracker.LookFailure = Broken;
        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Partial);
        tracker.LookFailure = null;
        Revises(tracker, "2", 4);

        await engine.SyncAsync();
        await engine.SyncAsync(ReadDepth.Reconcile);

        tracker.Looks[^1].ShouldBe(["2"]);
        var item = await engine.ItemAsync("2");
        item.Status.Entries.Select(e => e.To).ShouldBe(["State 2", "State 3", "State 4"]);
        item.Deleted.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_with_a_hole_in_its_past_that_the_tracker_deletes_is_not_brought_back_by_an_older_record()
    {
        var tracker = Revised("1");
        await using var engine = await ReadAsync(tracker);
        Revises(tracker, "1", 3);
        tracker.Hidden.Add("1");
        await engine.SyncAsync();
        tracker.Feed.Add([Sample.Delta("1", 4, 9, (RawFields.Deleted, null, "true"))]);
        tracker.Feed.Add([Sample.Item("1", 5)]);

        await engine.SyncAsync();

        (await engine.ItemAsync("1")).Deleted.Current.ShouldBeTrue();
    }

    /// <summary>A tracker with items of one revision each.</summary>
    private static SweepableTracker Revised(params string[] items)
    {
        var tracker = new SweepableTracker().Puts([.. items.Select(i => Sample.Item(i))]);
        tracker.Feed.Add([.. items.Select(i => State(i, 1))]);
        return tracker;
    }

    /// <summary>Tells of some revisions; a look shows all up to the last.</summary>
    private static void Revises(SweepableTracker tracker, string item, params int[] revisions)
    {
        var last = revisions[^1];
        tracker.There[item] = Sample.Item(item, last + 1);
        tracker.Feed.Add([tracker.There[item], .. revisions.Select(r => State(item, r))]);
        tracker.Beside[item] = [.. Enumerable.Range(1, last).Select(r => State(item, r))];
    }

    private static WorkItemEvent State(string item, int revision) => Sample.Revision(item, revision, revision, (RawFields.Project, "PAY"), (RawFields.Status, $"State {revision}"));

    [Fact]
    public async Task A_pass_that_ends_between_a_look_and_its_commit_loses_and_doubles_nothing()
    {
        var tracker = new SweepableTracker { LookPage = 1 }.Puts([.. Enumerable.Range(1, 4).Select(i => Sample.Item($"{i}"))]);
        await using (await ReadAsync(tracker))
        {
            tracker.There.Clear();
        }

        using var observer = new StopsAt(3);
        await using (var interrupted = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")], observer: observer))
            await Should.ThrowAsync<OperationCanceledException>(interrupted.Sync.RunAsync(new SyncRequest(Depth: ReadDepth.Reconcile), null, observer.Token));
        await using var resumed = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha")]);

        (await resumed.SyncAsync(ReadDepth.Reconcile)).Connectors[0].ItemsDeleted.ShouldBe(2);
        foreach (var id in Enumerable.Range(1, 4))
            (await resumed.ItemAsync($"{id}")).Deleted.Entries.Count.ShouldBe(1);
    }

    private async Task<TestEngine> ReadAsync(SweepableTracker tracker, params string[] projects)
    {
        var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha", projects)]);
        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Succeeded);
        return engine;
    }

    private static async Task<string> ExportAsync(TestEngine engine, string kind)
    {
        using var output = new MemoryStream();
        (await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = kind }, output, CancellationToken.None)).ShouldBeNull();
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private sealed class StopsAt(long page) : ICommitObserver, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public CancellationToken Token => _stop.Token;

        public void Dispose() => _stop.Dispose();

        public async Task ReceivedAsync(string connector, string stream, long number, CancellationToken cancellationToken)
        {
            if (stream == "sweep" && number == page)
                await _stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        public Task StoredAsync(string connector, string stream, long number, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
