using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.WorkItemAge;

/// <summary>Days since the items in progress were begun: 85 % of them are at most this old.</summary>
public sealed class WorkItemAgeMetric : IMetric
{
    private const int FewestForBand = 5;
    private static readonly FlowFigure Figure = new(
        new("flow.age.p85", "age of the work in progress, 85 % of the items are at most this old", "days"), "Age.nearestRank");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Figure.Series(history, instants, At);

    private static MetricResult At(FlowStatus status)
    {
        var result = Figure.Percentile(status, status.InProcess, 85, e => e.AgeOn(status.Day), "Nothing is in progress.");
        var usual = new UsualTimes(status);
        return result is not Measurement known || status.InProcess.Count < FewestForBand || !usual.AreKnown ? result : known with
        {
            Band = Observations.Percentile(status.InProcess.Select(e => (int)usual.BandOf(e.Item.Kind.At(status.AsOf), e.AgeOn(status.Day) ?? 0)), 85) is { } worst ? (Band)worst : null,
            Inputs = [.. known.Inputs, new("cycle times of 70 % and 85 % of the items finished in the last 13 weeks", usual.InWords)],
            Window = status.Window,
        };
    }
}
