using System.Text.Json;
using TsPmo.Model.Planning;
using TsPmo.Testing;
using TsPmo.Testing.Examples;

namespace TsPmo.Model.Tests.Planning;

public sealed class EarnedScheduleTests
{
    private const decimal Tolerance = 0.000000001m;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.5)]
    [InlineData(2, 3)]
    [InlineData(3, 3.5)]
    [InlineData(4, 4)]
    [InlineData(9, 4)]
    public void It_counts_whole_periods_a_plateau_to_its_end_and_a_part_of_the_next(decimal earned, decimal expected) =>
        EarnedSchedule.Of([2, 2, 2, 4, 4], earned).ShouldBe(expected);

    [Fact]
    public void Nothing_earned_is_nothing_even_before_the_first_planned_value() =>
        EarnedSchedule.Of([0, 0, 5], 0).ShouldBe(0);

    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_published_cases_come_out()
    {
        var (inputs, expected) = PublishedExamples.Read("es-02-evmtools-core");
        foreach (var (given, answer) in inputs.GetProperty("cases").EnumerateArray().Zip(expected.GetProperty("cases").EnumerateArray()))
        {
            var actualTime = given.GetProperty("at").GetDecimal();
            var planned = given.Numbers("pv");
            var earned = given.GetProperty("ev").GetDecimal();
            var es = EarnedSchedule.Of(planned, earned);
            Close(answer, "es", es);
            Close(answer, "sv_t", es - actualTime);
            Close(answer, "spi_t", EarnedSchedule.Speed(es, actualTime));
            Close(answer, "ieac_t", EarnedSchedule.ForecastDuration(EarnedSchedule.FirstReaching(planned, planned[^1]), es, actualTime));
            Close(answer, "spi", earned / planned[^1]);
        }
    }

    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_published_late_project_is_late_in_time_although_its_value_is_all_there()
    {
        var (inputs, expected) = PublishedExamples.Read("es-01-castor");
        var rows = inputs.GetProperty("rows").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetDecimal()).ToArray()).ToArray();
        var planned = rows.Select(r => r[2]).ToArray();

        foreach (var point in inputs.GetProperty("status_points").EnumerateArray().Select(p => p.GetInt32()))
        {
            var es = EarnedSchedule.Of(planned, rows[point - 1][3]);
            var answer = expected.GetProperty(point.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var speed = EarnedSchedule.Speed(es, point);
            var cpi = rows[point - 1][3] / rows[point - 1][1];
            Close(answer, "spi_t", speed, 0.0005m);
            Close(answer, "cpi", cpi, 0.0005m);
            Close(answer, "sci_t", speed * cpi, 0.0005m);
            Close(answer, "ieac_t_pf_spit", EarnedSchedule.ForecastDuration(9, es, point), 0.0005m);
            Close(answer, "sv", rows[point - 1][3] - planned[point - 1]);
            Close(answer, "spi", rows[point - 1][3] / planned[point - 1]);
            Close(answer, "es", es);
            Close(answer, "sv_t", es - point);
        }

        EarnedSchedule.FirstReaching(planned, planned[^1]).ShouldBe(9);
    }

    private static void Close(JsonElement answer, string name, decimal? actual, decimal tolerance = Tolerance)
    {
        if (!answer.TryGetProperty(name, out var expected))
            return;
        if (expected.ValueKind == JsonValueKind.Null)
            actual.ShouldBeNull(name);
        else
            Math.Abs(actual.ShouldNotBeNull() - expected.GetDecimal()).ShouldBeLessThanOrEqualTo(tolerance, name);
    }
}
