using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Quality;

namespace TsPmo.Plugins.Metrics.DefectRatio;

/// <summary>Defects found for each item delivered.</summary>
public sealed class DefectRatioMetric : IMetric
{
    private static readonly ShareFigure Figure = new(
        new Figure(new("quality.defectRatio", "defect ratio, defects found for each item delivered: less is better", "ratio") { Needs = DataNeeds.Items | DataNeeds.States }, "DR.foundPerDelivered"),
        "defects found",
        "items delivered",
        "No item was delivered in the days looked at.");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (asOf, window) => Of(history.Defects.FoundIn(window, asOf), history.Flow.At(asOf).FinishedInWindow));

    private static Share Of(IReadOnlyList<ItemHistory> found, IReadOnlyList<FlowEntry> delivered)
    {
        var defects = found.ToHashSet();
        return new(found.Count, delivered.Count, found.Count + delivered.Count)
        {
            Evidence = Defects.Behind(found.Concat(delivered.Select(d => d.Item)).DistinctBy(i => i.Id), i => defects.Contains(i) ? "found" : "delivered"),
        };
    }
}
