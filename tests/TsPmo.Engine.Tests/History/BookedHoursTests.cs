using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.Tests.History;

/// <summary>Hours of both kinds of tracker as a project's history has them.</summary>
public sealed class BookedHoursTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Entries_and_differences_of_running_totals_are_both_hours_of_a_person_on_an_item()
    {
        await using var engine = await OpenAsync();

        var history = await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["PAYMENTS"], CancellationToken.None);

        history.TimeEntries.OrderBy(e => e.Id).Select(e => (e.Id.ToString(), e.Item.ToString(), e.Person, e.At, e.Hours)).ShouldBe(
        [
            ("alpha:500", "alpha:10001", "ada", DateTimeOffset.FromUnixTimeMilliseconds(Sample.Day(1.65).ToUnixTimeMilliseconds()), 3.5m),
            ("alpha:501", "alpha:10004", "ada", Sample.Day(1), 1m),
            ("beta:7/1", "beta:7", "beta:ada", Sample.Day(0), 1m),
            ("beta:7/2", "beta:7", "beta:ada", Sample.Day(8), 3.5m),
        ]);
    }

    [Fact]
    public async Task They_cost_what_the_person_costs_and_those_on_a_deleted_item_until_it_was_deleted()
    {
        await using var engine = await OpenAsync();
        var rates = new RateTable(new(2026, 1, 1)) { Default = 10, Roles = new Dictionary<string, decimal> { ["Developer"] = 100 } };
        var project = SampleWorld.Pmo.Projects["PAYMENTS"] with { Rates = new([], [rates], new Dictionary<string, string> { ["ada"] = "Developer" }) };

        var history = await engine.Histories.ReadAsync(project, CancellationToken.None);

        history.Costs.Booked.Cost(Sample.Day(3)).ShouldBe(350 + 100 + 10);
        history.Costs.Booked.Cost(Sample.Day(9)).ShouldBe(350 + 10 + 35);
        history.Costs.Booked.Hours(Sample.Day(9)).ShouldBe(8);
    }

    [Fact]
    public async Task Another_project_has_none_of_them()
    {
        await using var engine = await OpenAsync();

        (await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["WEB"], CancellationToken.None)).TimeEntries.ShouldBeEmpty();
    }

    private async Task<TestEngine> OpenAsync()
    {
        var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo, SampleWorld.Connectors([SampleWorld.Alpha], [SampleWorld.Beta]));
        await engine.SyncAsync();
        return engine;
    }
}
