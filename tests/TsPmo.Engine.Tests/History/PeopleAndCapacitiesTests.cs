using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Tests.History;

public sealed class PeopleAndCapacitiesTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_history_knows_whose_accounts_are_one_person_across_its_trackers()
    {
        await using var engine = await OpenAsync();

        var people = (await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["PAYMENTS"], CancellationToken.None)).People;

        people.IdOf("alpha", "a-1").ShouldBe("ada");
        people.IdOf("beta", "ada@example.com").ShouldBe("ada");
        people.IdOf("beta", "cy@example.com").ShouldBe("cy@example.com");
        people.IdOf("alpha", "a-2").ShouldBe("alpha:a-2");
        people.Configured("ada").ShouldNotBeNull().HoursPerDay.ShouldBe(6);
    }

    [Fact]
    public async Task A_history_carries_the_capacities_of_dated_sprints_by_person_and_says_which_teams_are_its_own()
    {
        await using var engine = await OpenAsync();

        var own = (await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["PAYMENTS"], CancellationToken.None)).Capacities.ShouldHaveSingleItem();
        var others = (await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["WEB"], CancellationToken.None)).Capacities.ShouldHaveSingleItem();

        (own.Team, own.Sprint.ToString(), own.Days, own.IsOwn).ShouldBe(("Core", "beta:it-1", new DateWindow(new(2026, 1, 5), new(2026, 1, 18)), true));
        own.Members.Select(m => (m.Person, m.HoursPerDay)).ShouldBe([("ada", 4m), ("cy@example.com", 6.5m)]);
        own.Members[1].DaysOff.ShouldBe([new(2026, 1, 7), new(2026, 1, 6)]);
        others.IsOwn.ShouldBeFalse();
    }

    private async Task<TestEngine> OpenAsync()
    {
        var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo, SampleWorld.Connectors([SampleWorld.Alpha], [SampleWorld.Beta]));
        await engine.SyncAsync();
        return engine;
    }
}
