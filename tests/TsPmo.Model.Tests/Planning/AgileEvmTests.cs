using TsPmo.Model.Governance;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;
using TsPmo.Testing;
using TsPmo.Testing.Builders;
using TsPmo.Testing.Examples;

namespace TsPmo.Model.Tests.Planning;

public sealed class AgileEvmTests
{
    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_published_release_ends_on_one_day_by_velocity_and_by_cost()
    {
        var (inputs, expected) = PublishedExamples.Read("evm-08-agileevm-identity");
        AgileEvm? last = null;
        foreach (var row in inputs.GetProperty("series").EnumerateArray())
        {
            decimal Of(string name) => row.GetProperty(name).GetDecimal();
            last = new(row.GetProperty("n").GetInt32(), inputs.GetProperty("PS").GetInt32(), Of("PRP"), Of("RPC"), inputs.GetProperty("BAC").GetDecimal(), Of("AC"));
            Math.Abs(last.SprintsByVelocity.ShouldNotBeNull() - last.SprintsByCost.ShouldNotBeNull()).ShouldBeLessThan(0.000000001m);
        }

        Math.Abs(last.ShouldNotBeNull().SprintsByVelocity.ShouldNotBeNull() - expected.GetProperty("total_sprints_final").GetDecimal()).ShouldBeLessThanOrEqualTo(0.0005m);
    }

    [Fact]
    public void Value_is_planned_by_sprints_and_earned_by_points()
    {
        var release = new AgileEvm(2, 8, 200, 30, 4000, 1000);

        (release.PlannedShare, release.Planned, release.CompletedShare, release.Earned).ShouldBe((0.25m, 1000m, 0.15m, 600m));
        new AgileEvm(0, 0, 0, 0, 4000, 0).ShouldSatisfyAllConditions(
            r => r.Planned.ShouldBeNull(), r => r.Earned.ShouldBeNull(), r => r.SprintsByVelocity.ShouldBeNull(), r => r.SprintsByCost.ShouldBeNull());
        new AgileEvm(1, 8, 200, 0, 4000, 500).ShouldSatisfyAllConditions(r => r.Earned.ShouldBe(0), r => r.SprintsByVelocity.ShouldBeNull(), r => r.SprintsByCost.ShouldBeNull());
    }

    /// <summary>Two sprints of 10 and 5 working days are over; 6 of 20 points are done, 4 were added: 15 x 24 / 6 = 60 working days.</summary>
    [Fact]
    public void The_release_day_goes_by_the_scope_and_the_days_up_to_the_end_of_the_last_sprint()
    {
        var history = new HistoryBuilder();
        history.Project = history.Project with { Methodology = Methodology.Scrum };
        history.Sprint("S1", At(5), At(17)).Sprint("S2", At(19), At(24)).Sprint("S3", At(26), At(31));
        history.Item("A").With("points", (decimal?)6).With("sprints", new[] { "S1" }).Change(At(15), "state", State.Done);
        history.Item("B").With("points", (decimal?)14).With("sprints", new[] { "S2" }).Change(At(28), "state", State.Done);
        history.Item("C").With("points", (decimal?)4).Created = At(20);
        var built = history.Build();

        AgileEvm.ReleaseDay(built, built.Schedule.At(At(29)).ShouldNotBeNull()).ShouldBe(new DateOnly(2026, 3, 27));
        AgileEvm.ReleaseDay(built, built.Schedule.At(At(16)).ShouldNotBeNull()).ShouldBeNull();
    }

    private static DateTimeOffset At(int day) => new(2026, 1, day, 9, 0, 0, TimeSpan.Zero);
}
