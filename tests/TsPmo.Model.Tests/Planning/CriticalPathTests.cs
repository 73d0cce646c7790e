using TsPmo.Model.Planning;
using TsPmo.Testing;
using TsPmo.Testing.Examples;

namespace TsPmo.Model.Tests.Planning;

public sealed class CriticalPathTests
{
    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_published_foundry_comes_out()
    {
        var (inputs, expected) = PublishedExamples.Read("cpm-general-foundry-001");
        var activities = inputs.GetProperty("activities").EnumerateArray()
            .Select(a => new Activity<string>(a.GetProperty("id").GetString() ?? "", a.GetProperty("duration").GetDecimal(), [.. a.GetProperty("predecessors").EnumerateArray().Select(p => p.GetString() ?? "")]))
            .ToList();

        var path = new CriticalPath<string>(activities);

        path.Duration.ShouldBe(expected.GetProperty("project_duration").GetDecimal());
        path.Path.ShouldBe(expected.GetProperty("critical_path").EnumerateArray().Select(p => p.GetString()));
        foreach (var activity in expected.GetProperty("schedule").EnumerateObject())
        {
            var times = path[activity.Name];
            decimal Of(string name) => activity.Value.GetProperty(name).GetDecimal();
            (times.EarliestStart, times.EarliestFinish, times.LatestStart, times.LatestFinish, times.Float).ShouldBe((Of("es"), Of("ef"), Of("ls"), Of("lf"), Of("slack")), activity.Name);
        }
    }

    [Fact]
    public void An_end_before_the_last_can_be_ready_leaves_negative_float()
    {
        var path = new CriticalPath<string>([new("A", 3, []), new("B", 4, ["A"]), new("C", 1, ["A"])], end: 5);

        path.Path.ShouldBe(["A", "B"]);
        path["A"].Float.ShouldBe(-2);
        path["B"].Float.ShouldBe(-2);
        path["C"].Float.ShouldBe(1);
    }

    [Fact]
    public void A_circle_is_named_and_what_hangs_on_it_is_still_in_order()
    {
        var path = new CriticalPath<string>([new("before", 1, []), new("A", 2, ["before", "C"]), new("B", 2, ["A"]), new("C", 2, ["B"]), new("after", 5, ["C"])]);

        path.Cyclic.ShouldBe(["A", "B", "C"]);
        path.Duration.ShouldBe(7);
        path.Path.ShouldBe(["C", "after"]);
        path["before"].Float.ShouldBe(4);
    }

    [Fact]
    public void An_activity_that_waits_for_itself_or_for_what_is_not_there_is_not_bound_by_it()
    {
        var path = new CriticalPath<string>([new("A", 2, ["A"]), new("B", 3, ["nowhere", "A", "A"])]);

        path.Cyclic.ShouldBe(["A"]);
        path["B"].EarliestStart.ShouldBe(2);
        path.Duration.ShouldBe(5);
    }

    [Fact]
    public void Nothing_takes_no_time() => new CriticalPath<string>([]).ShouldSatisfyAllConditions(p => p.Duration.ShouldBe(0), p => p.Path.ShouldBeEmpty());
}
