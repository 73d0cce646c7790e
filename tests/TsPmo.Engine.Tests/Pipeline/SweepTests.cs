using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Storage;
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

    private async Task<TestEngine> ReadAsync(SweepableTracker tracker, params string[] projects)
    {
        var engine = await TestEngine.OpenAsync(_file, connectors: [tracker.As("alpha", projects)]);
        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Succeeded);
        return engine;
    }
}
