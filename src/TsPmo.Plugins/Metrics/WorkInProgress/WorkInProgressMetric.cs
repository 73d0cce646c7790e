using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.WorkInProgress;

/// <summary>Items begun and neither delivered nor given up.</summary>
public sealed class WorkInProgressMetric : IMetric
{
    private const int FewestForLittle = 5;
    private static readonly FlowFigure Figure = new(new("flow.wip", "work in progress, items begun and not finished", "items"), "WIP.items");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => Figure.Known(status, status.InProcess.Count, status.InProcess, Begun) with
        {
            Findings = Little(status) is { } ratio and not (>= 0.8m and <= 1.25m) ? [Unsteady(ratio)] : [],
        });

    /// <summary>
    /// Average work in progress / average throughput against average cycle time. The lengths of the window cancel out: what is left is the sum of the work in progress
    /// over its days / the sum of the cycle times of what was finished in it.
    /// </summary>
    private static decimal? Little(FlowStatus status)
    {
        var days = status.FinishedInWindow.Select(e => e.CycleDays).OfType<int>().ToArray();
        return days.Length < FewestForLittle ? null : (decimal)status.InProcessByDay(status.Window).Sum() / days.Sum();
    }

    private static Finding Unsteady(decimal ratio) => new("UnsteadyFlow", 0, string.Create(
        CultureInfo.InvariantCulture,
        $"By Little's law the work in progress of the last 13 weeks would give {Math.Round(ratio, 2, MidpointRounding.AwayFromZero)} times the cycle time that was seen: it is {(ratio > 1 ? "growing or ageing" : "shrinking")}."));

    private static string Begun(FlowEntry entry) => string.Create(CultureInfo.InvariantCulture, $"begun {entry.Step.Start?.Day:yyyy-MM-dd}");
}
