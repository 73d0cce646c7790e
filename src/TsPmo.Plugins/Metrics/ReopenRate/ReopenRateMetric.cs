using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Quality;
using TsPmo.Model.Work;

namespace TsPmo.Plugins.Metrics.ReopenRate;

/// <summary>The share of items that were done and had to be taken up again.</summary>
public sealed class ReopenRateMetric : IMetric
{
    private static readonly ShareFigure Figure = new(
        new Figure(ShareFigure.Definition("quality.reopenRate", "reopen rate, items taken up again after they were done: less is better", new(0.05m, 0.10m)) with { Needs = DataNeeds.Items | DataNeeds.States }, "ROR.items"),
        "items that left Done",
        "items that reached Done",
        "No item reached Done in the days looked at.");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (asOf, window) => Of(history.DoneMoves.In(window, asOf)));

    private static Share Of(IReadOnlyList<DoneMove> moves)
    {
        var reached = moves.Where(m => m.IsEntry).Select(m => m.Item).DistinctBy(i => i.Id).ToList();
        var left = moves.Where(m => !m.IsEntry).Select(m => m.Item).DistinctBy(i => i.Id).ToList();
        return new(left.Count, reached.Count, reached.Count)
        {
            Inputs = [new("times that an item left Done", moves.Count(m => !m.IsEntry))],
            Evidence = Defects.Behind(reached.Concat(left).DistinctBy(i => i.Id), i => left.Contains(i) ? "was taken up again" : "reached Done"),
        };
    }
}
