using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model;
using TsPmo.Model.Governance;
using TsPmo.Model.History;

namespace TsPmo.Engine.Tests.Pipeline;

/// <summary>Sources that a condition narrows: it decides which items belong, and since when.</summary>
public sealed class QueryTests : IDisposable
{
    private readonly StoreFile _file = new();
    private readonly SweepableTracker _tracker = new SweepableTracker().Puts(Sample.Item("1"), Sample.Item("2"), Sample.Item("3"));

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Items_that_stop_fulfilling_the_condition_leave_and_those_that_begin_to_enter_when_that_is_seen()
    {
        await using var engine = await OpenAsync();
        await SeeAsync(engine, "1", "2");
        var second = await SeeAsync(engine, "2", "3");
        var third = await SeeAsync(engine, "1", "3");

        var items = (await ProjectAsync(engine)).ToDictionary(i => i.Item.Id.Id, i => i.InScope);

        (items["1"].At(Sample.Start), items["1"].At(second.AddSeconds(-1)), items["1"].At(second), items["1"].At(third)).ShouldBe((true, true, false, true));
        (items["2"].At(Sample.Start), items["2"].At(second), items["2"].At(third)).ShouldBe((true, true, false));
        (items["3"].At(second.AddSeconds(-1)), items["3"].At(second), items["3"].At(third)).ShouldBe((false, true, true));
    }

    [Fact]
    public async Task An_answer_that_did_not_come_to_its_end_changes_nothing()
    {
        await using var engine = await OpenAsync();
        await SeeAsync(engine, "1", "2");
        _tracker.SweepFailure = new Problem("query-refused", "The condition cannot be read.", "Correct it.");
        _tracker.Matching.Clear();

        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Failed);

        (await ProjectAsync(engine)).Select(i => i.Item.Id.Id).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task A_condition_that_two_sources_share_is_asked_once_in_a_pass()
    {
        await using var engine = await OpenAsync("a", "b");
        await SeeAsync(engine, "1");
        _tracker.Asked.ShouldBe(["labels = pmo"]);
    }

    private static async Task<IReadOnlyList<ScopedItem>> ProjectAsync(TestEngine engine) => (await engine.Histories.ReadAsync(Definition("a"), CancellationToken.None)).Items;

    private static ProjectDefinition Definition(params string[] sources) => new()
    {
        Key = "PRJ",
        Name = "Project",
        Methodology = Methodology.Kanban,
        Sources = [.. sources.Select(name => new SourceBinding { Name = name, Connector = "alpha", Project = "PAY", Query = "labels = pmo" })],
        Plan = new PlanDefinition(),
    };

    private Task<TestEngine> OpenAsync(params string[] sources) => TestEngine.OpenAsync(
        _file,
        new PmoDefinition { Calendar = TestEngine.Calendar, Projects = new Dictionary<string, ProjectDefinition> { ["PRJ"] = Definition(sources.Length == 0 ? ["a"] : sources) } },
        [_tracker.As("alpha")]);

    /// <summary>Lets a day pass and a pass see who fulfils the condition; gives the instant.</summary>
    private async Task<DateTimeOffset> SeeAsync(TestEngine engine, params string[] matching)
    {
        engine.Clock.Advance(TimeSpan.FromDays(1));
        _tracker.Matching.Clear();
        _tracker.Matching.UnionWith(matching);
        (await engine.SyncAsync()).Outcome.ShouldBe(SyncOutcome.Succeeded);
        return engine.Clock.GetUtcNow();
    }
}
