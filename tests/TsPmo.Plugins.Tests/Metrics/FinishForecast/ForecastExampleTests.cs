using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Forecasting;
using TsPmo.Testing;
using TsPmo.Testing.Examples;

namespace TsPmo.Plugins.Tests.Metrics.FinishForecast;

/// <summary>A published joint completion of several teams.</summary>
public sealed class ForecastExampleTests
{
    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void Teams_that_must_all_finish_come_out()
    {
        var (inputs, expected) = PublishedExamples.Read("fc-03-joint-completion");
        var cases = inputs.GetProperty("cases").EnumerateArray().Zip(expected.GetProperty("joint").EnumerateArray());
        foreach (var (given, joint) in cases)
        {
            var teams = given.GetProperty("teams").EnumerateArray().Select(Trials).ToArray();
            var trials = teams[0].Values.Sum();
            var byDay = (int day) => ProjectForecast.Jointly(teams.Select(team => (double)team.Where(t => t.Key <= day).Sum(t => t.Value) / team.Values.Sum()));
            foreach (var (day, count) in Trials(joint))
                ((byDay(day) - byDay(day - 1)) * trials).ShouldBe(count, 1e-9);
        }
    }

    private static Dictionary<int, int> Trials(JsonElement days) =>
        days.EnumerateObject().ToDictionary(d => int.Parse(d.Name, CultureInfo.InvariantCulture), d => d.Value.GetInt32());
}
