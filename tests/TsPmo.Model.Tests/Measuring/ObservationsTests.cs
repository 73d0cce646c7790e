using TsPmo.Model.Measuring;

namespace TsPmo.Model.Tests.Measuring;

public sealed class ObservationsTests
{
    [Theory]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 50, 5)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 85, 9)]
    [InlineData(new[] { 9, 1, 5, 5, 3 }, 50, 5)]
    [InlineData(new[] { 7 }, 0, 7)]
    [InlineData(new[] { 4, 2 }, 100, 4)]
    public void A_percentile_is_the_value_at_its_nearest_rank(int[] values, int percent, int expected) =>
        Observations.Percentile(values, percent).ShouldBe(expected);

    [Fact]
    public void At_least_the_asked_share_lies_at_or_below_a_percentile()
    {
        for (var n = 1; n <= 120; n++)
        {
            for (var percent = 0; percent <= 100; percent++)
            {
                var value = Observations.Percentile(Enumerable.Range(1, n), percent).ShouldNotBeNull();
                (value * 100).ShouldBeGreaterThanOrEqualTo(percent * n);
                ((value - 1) * 100).ShouldBeLessThan(Math.Max(1, percent * n));
            }
        }
    }

    [Theory]
    [InlineData(new[] { 3, 1, 2 }, 2)]
    [InlineData(new[] { 4, 1, 2, 3 }, 2.5)]
    public void A_median_is_the_middle_or_the_mean_of_the_two_middles(int[] values, double expected) =>
        Observations.Median(values.Select(v => (decimal)v)).ShouldBe((decimal)expected);

    [Fact]
    public void Nothing_has_neither()
    {
        Observations.Percentile(Array.Empty<int>(), 50).ShouldBeNull();
        Observations.Median([]).ShouldBeNull();
    }
}
