using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Facts;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.History;

/// <summary>Dates of versions, which no tracker remembers, and links, as a project's history has them.</summary>
public sealed class MilestoneDatesTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_move_of_a_version_is_known_from_the_pass_that_noticed_it()
    {
        var tracker = new ScriptedTracker();
        tracker.Page("all", Version(new(2026, 2, 1)));
        await using var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo, [tracker.As("alpha")]);
        await engine.SyncAsync();
        var first = engine.Clock.GetUtcNow();
        tracker.Page("all", Version(new(2026, 2, 1)));
        engine.Clock.Advance(TimeSpan.FromDays(1));
        await engine.SyncAsync();
        tracker.Page("all", Version(new(2026, 3, 1)));
        engine.Clock.Advance(TimeSpan.FromDays(1));
        await engine.SyncAsync();

        var milestone = await MilestoneAsync(engine);

        (milestone.DateAt(first), milestone.DateAt(first.AddDays(2).AddTicks(-1)), milestone.DateAt(first.AddDays(2)), milestone.Date)
            .ShouldBe((new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1)));
        (milestone.KnowsDateAt(first.AddTicks(-10000)), milestone.KnowsDateAt(first)).ShouldBe((false, true));
        milestone.Dates.ShouldNotBeNull().Entries.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_version_that_was_deleted_is_gone_with_its_former_dates_and_no_other_is()
    {
        var tracker = new ScriptedTracker();
        tracker.Page("all", Version(new(2026, 2, 1)), Version(new(2026, 2, 1)) with { Id = "901" });
        await using var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo, [tracker.As("alpha")]);
        await engine.SyncAsync();
        tracker.Page("all", Version(new(2026, 3, 1)), new MilestonesOfProject("PAY", ["900", "901"]), new MilestonesOfProject("WEB", []));
        await engine.SyncAsync();
        (await MilestoneAsync(engine)).Dates.ShouldNotBeNull();

        tracker.Page("all", new MilestonesOfProject("PAY", ["901"]));
        await engine.SyncAsync();

        var history = await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["PAYMENTS"], CancellationToken.None);
        history.Milestones.Keys.ShouldBe([new("alpha", "901")]);
        tracker.Page("all", Version(new(2026, 4, 1)), new MilestonesOfProject("PAY", ["900", "901"]));
        await engine.SyncAsync();
        (await MilestoneAsync(engine)).Dates?.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Links_between_a_projects_items_are_in_its_history_across_trackers_and_each_once()
    {
        await using var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo, SampleWorld.Connectors([SampleWorld.Alpha], [SampleWorld.Beta]));
        await engine.SyncAsync();

        var history = await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["PAYMENTS"], CancellationToken.None);

        history.Links.OrderBy(l => l.From).ThenBy(l => l.To).ShouldBe(
        [
            new(new("alpha", "10001"), LinkKind.Blocks, new("alpha", "10003")),
            new(new("alpha", "10001"), LinkKind.Relates, new("alpha", "10004")),
            new(new("alpha", "10001"), LinkKind.Relates, new("beta", "7")),
        ]);
    }

    private static MilestoneFact Version(DateOnly date) => new("900", "PAY", "1.0", null, date, Released: false, null);

    private static async Task<Milestone> MilestoneAsync(TestEngine engine) =>
        (await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["PAYMENTS"], CancellationToken.None)).Milestones[new("alpha", "900")];
}
