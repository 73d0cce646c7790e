using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.FlowEfficiency;

/// <summary>The share of the time between start and finish in which items did not stand still.</summary>
public sealed class FlowEfficiencyMetric : IMetric
{
    private const int FewestForBand = 5;
    private static readonly FlowFigure Figure = new(
        new("flow.efficiency", "flow efficiency, share of the time in progress that was not waiting", "ratio")
        {
            Form = new(2, IsPadded: true),
            Limits = new BandLimits(0.60m, 0.40m),
        },
        "Efficiency.elapsedTime");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => At(history.Project, status) with { Window = status.Window });

    private static MetricResult At(ProjectDefinition project, FlowStatus status)
    {
        FlowEntry[] started = [.. status.FinishedInWindow.Where(e => e.Step.Start is not null)];
        FlowEntry[] known = [.. started.Where(e => e.Item.Waiting is not null)];
        if (started.Length == 0)
            return Figure.Unknown(status, Reason.NoData, "No item that had been in progress was finished in the window.");
        if (known.Length == 0)
            return Figure.Unknown(status, Reason.NotConfigured, "No status is configured that means waiting or blocked (Mapping.Waiting, Mapping.Blocked of the connector).");
        var total = known.Sum(e => Elapsed(e).Ticks);
        var waiting = known.Sum(e => Waited(e).Ticks);
        if (total == 0)
            return Figure.Unknown(status, Reason.ZeroDenominator, "Every item was finished at the instant it was started.");
        var value = (decimal)(total - waiting) / total;
        return Figure.Known(status, value, known, Note) with
        {
            Band = known.Length < FewestForBand ? null : project.LimitsOf(Figure.Metric)?.Of(value),
            Inputs = [new("time from start to finish", Days(total)), new("of it waiting", Days(waiting))],
            Findings = known.Length == started.Length ? [] : [Unknown(started.Length - known.Length, started.Length)],
        };
    }

    private static TimeSpan Elapsed(FlowEntry entry) => entry.Step.Finish.GetValueOrDefault().At - entry.Step.Start.GetValueOrDefault().At;

    private static TimeSpan Waited(FlowEntry entry)
    {
        var (from, to, sum) = (entry.Step.Start.GetValueOrDefault().At, entry.Step.Finish.GetValueOrDefault().At, TimeSpan.Zero);
        if (entry.Item.Waiting is not { } waiting)
            return sum;
        var (since, isWaiting) = (from, waiting.At(from));
        foreach (var change in waiting.UpTo(to))
        {
            if (change.At <= from)
                continue;
            if (isWaiting)
                sum += change.At - since;
            (since, isWaiting) = (change.At, change.To);
        }

        return isWaiting ? sum + (to - since) : sum;
    }

    private static Finding Unknown(int unknown, int all) => new("WaitingNotConfigured", (decimal)unknown / all, string.Create(
        CultureInfo.InvariantCulture, $"{unknown} of {all} items come from a connector without statuses that mean waiting or blocked and are left out."));

    private static string Note(FlowEntry entry) => $"{Days(Waited(entry).Ticks)} waiting of {Days(Elapsed(entry).Ticks)}";

    private static string Days(long ticks) => Math.Round(TimeSpan.FromTicks(ticks).TotalDays, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture) + " days";
}
