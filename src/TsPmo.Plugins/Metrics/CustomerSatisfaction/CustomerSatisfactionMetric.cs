using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Quality;

namespace TsPmo.Plugins.Metrics.CustomerSatisfaction;

/// <summary>The share of answered surveys with one of the two best scores.</summary>
public sealed class CustomerSatisfactionMetric : IMetric
{
    private const int FirstGood = 4;
    private static readonly int[] Scores = [5, 4, 3, 2, 1];

    private static readonly ShareFigure Figure = new(
        new Figure(ShareFigure.Definition("satisfaction.csat", "customer satisfaction, share of answers with 4 or 5 of 5: more is better", new(0.80m, 0.70m)), "CSAT.topTwoOfFive"),
        "answers with 4 or 5",
        "answers",
        "No survey was answered in the days looked at.") { FewestForBand = 30 };

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (asOf, window) => Of(history, asOf, window));

    private static Share Of(ProjectHistory history, DateTimeOffset asOf, DateWindow window)
    {
        var asked = history.Responses.Within(r => r.At, history.Calendar, window, asOf);
        var answered = asked.Where(r => r.Score is not null).ToList();
        return new(answered.Count(r => r.Score >= FirstGood), answered.Count, answered.Count)
        {
            Inputs = [new("not answered", asked.Count - answered.Count), .. Scores.Select(s => new MetricInput($"answers with {s}", answered.Count(r => r.Score == s)))],
            Evidence = new DeferredList<Evidence>(() => [.. answered.OrderBy(r => r.Id).Select(r => new Evidence(r.Id, $"scored {r.Score} of 5", null))]),
        };
    }
}
