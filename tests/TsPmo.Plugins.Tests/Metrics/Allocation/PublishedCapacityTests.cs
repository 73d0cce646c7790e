using System.Text.Json;
using TsPmo.Model.Measuring;
using TsPmo.Testing;
using TsPmo.Testing.Builders;
using TsPmo.Testing.Examples;

namespace TsPmo.Plugins.Tests.Metrics.Allocation;

/// <summary>A published capacity plan, told as a team in a sprint.</summary>
public sealed class PublishedCapacityTests
{
    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_capacity_of_an_iteration_comes_out()
    {
        var (inputs, expected) = PublishedExamples.Read("res-01-ado-capacity");
        var first = Day(inputs.GetProperty("iteration")[0]);
        var last = Day(inputs.GetProperty("iteration")[1]);
        var teamDays = inputs.GetProperty("teamDaysOff").EnumerateArray().SelectMany(Days).ToArray();
        var members = inputs.GetProperty("members").EnumerateArray()
            .Select(m => new Model.Resources.TeamMember($"tracker:{m.GetProperty("id").GetString()}", m.GetProperty("activities").EnumerateArray().Sum(a => a.GetDecimal()), teamDays))
            .ToArray();
        var history = new HistoryBuilder();
        history.Sprint("S", Midnight(first), Midnight(last.AddDays(1)), isPlannedInDays: true).Capacity("Team", "S", members);

        var results = PluginCatalog.Scan().Metrics.Single(m => m.Definitions[0].Name == "resource.capacity").Measure(history.Build(), [Midnight(first)]).OfType<Measurement>()
            .Where(r => r.Metric.Name == "resource.capacity").ToArray();

        results.Single(r => r.Subject is null).Number.ShouldBe(expected.GetProperty("total_hours").GetDecimal());
        foreach (var member in expected.GetProperty("by_member").EnumerateObject())
            results.Where(r => r.Subject == $"tracker:{member.Name}").Sum(r => r.Number).ShouldBe(9 * member.Value.GetDecimal());
        var onTheDayOff = new Model.Resources.ResourceStatus[] { history.Build().Resources.At(Midnight(teamDays[0])), history.Build().Resources.At(Midnight(teamDays[0].AddDays(1))) };
        (onTheDayOff[0].Weeks.Sum(w => w.Capacity) - onTheDayOff[1].Weeks.Sum(w => w.Capacity)).ShouldBe(expected.GetProperty("day_off_hours_2026-01-06").GetDecimal());
    }

    private static IEnumerable<DateOnly> Days(JsonElement range)
    {
        for (var day = Day(range[0]); day <= Day(range[1]); day = day.AddDays(1))
            yield return day;
    }

    private static DateOnly Day(JsonElement text) => DateOnly.ParseExact(text.GetString() ?? "", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
