using System.Globalization;
using TsPmo.Model.Delivery;
using TsPmo.Testing;
using TsPmo.Testing.Builders;
using TsPmo.Testing.Examples;

namespace TsPmo.Model.Tests.Delivery;

public sealed class DeploymentWeeksTests
{
    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_published_deployments_fall_into_two_complete_weeks()
    {
        var (inputs, expected) = PublishedExamples.Read("dora-04-devlake-vs-fourkeys-frequency");
        var history = new HistoryBuilder();
        foreach (var day in inputs.GetProperty("deployment_days").EnumerateArray().Select(d => DateOnly.ParseExact(d.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)))
            history.Deployment(day.ToString("o", CultureInfo.InvariantCulture), new DateTimeOffset(day, new(12, 0), TimeSpan.Zero));
        var built = history.Build();

        var weeks = DeploymentWeeks.Before(new(2022, 9, 26, 0, 0, 0, TimeSpan.Zero), built.Calendar, built.Deployments);

        weeks.DaysByWeek().ShouldBe([3, 2]);
        ((decimal)weeks.DaysByWeek().Average()).ShouldBe(expected.GetProperty("recommended_median_complete_iso_weeks").GetDecimal());
    }

    [Fact]
    public void A_week_is_complete_only_when_its_sunday_is_over()
    {
        var built = new HistoryBuilder().Deployment("1", new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero)).Build();

        DeploymentWeeks.Before(new(2026, 3, 8, 23, 59, 59, TimeSpan.Zero), built.Calendar, built.Deployments).Weeks.ShouldBe(0);
        DeploymentWeeks.Before(new(2026, 3, 9, 0, 0, 0, TimeSpan.Zero), built.Calendar, built.Deployments).Weeks.ShouldBe(1);
    }
}
