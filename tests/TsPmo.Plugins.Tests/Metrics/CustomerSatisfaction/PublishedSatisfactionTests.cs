using System.Globalization;
using TsPmo.Model.Measuring;
using TsPmo.Plugins.Metrics.CustomerSatisfaction;
using TsPmo.Testing;
using TsPmo.Testing.Builders;
using TsPmo.Testing.Examples;

namespace TsPmo.Plugins.Tests.Metrics.CustomerSatisfaction;

/// <summary>Published counts of answers by score.</summary>
public sealed class PublishedSatisfactionTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 3, 16, 8, 0, 0, TimeSpan.Zero);

    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_share_of_satisfied_answers_comes_out()
    {
        var (inputs, expected) = PublishedExamples.Read("qual-03-csat");
        var sets = inputs.GetProperty("sets").EnumerateArray().Select(set => set.EnumerateObject().ToDictionary(s => int.Parse(s.Name, CultureInfo.InvariantCulture), s => s.Value.GetInt32())).ToArray();

        decimal[] percentages = [.. sets.Select(Percentage)];

        foreach (var (ours, published) in percentages.Zip(expected.Numbers("pct"), (ours, published) => (ours, published)))
            Math.Abs(ours - published).ShouldBeLessThanOrEqualTo(0.005m);
        percentages.Length.ShouldBe(expected.Numbers("pct").Length);
        decimal.Round(percentages[1], MidpointRounding.AwayFromZero).ShouldBe(expected.GetProperty("rounded_second").GetDecimal());
    }

    private static decimal Percentage(Dictionary<int, int> counts)
    {
        var history = new HistoryBuilder();
        foreach (var (score, count) in counts)
        {
            for (var i = 0; i < count; i++)
                history.Response($"{score}.{i}", AsOf.AddDays(-10), score);
        }

        var result = new CustomerSatisfactionMetric().Measure(history.Build(), [AsOf]).Single(r => r.Subject is null).ShouldBeOfType<Measurement>();
        return 100 * result.Number.GetValueOrDefault();
    }
}
