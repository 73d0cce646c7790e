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
        Figure.Series(history, instants, status => At(history, status) with { Window = status.Window });

    private static MetricResult At(ProjectHistory history, FlowStatus status)
    {
        FlowEntry[] started = [.. status.FinishedInWindow.Where(e => e.Step.Start is not null)];
        FlowEntry[] known = [.. started.Where(e => e.Item.Waiting is not null)];
        if (started.Length == 0)
            return Figure.Unknown(status, Reason.NoData, "No item that had been in progress was finished in the window.");
        if (known.Length == 0)
            return Figure.Unknown(status, Reason.NotConfigured, "No status is configured that means waiting or blocked (Mapping.Waiting, Mapping.Blocked of the connector).");
        var total = known.Sum(e => Elapsed(e).Ticks);
        var waits = known.ToDictionary(e => e.Item.Id, e => Waited(e, [.. history.Precedence.Before(e.Item.Id)]).Ticks);
        var waiting = waits.Values.Sum();
        if (total == 0)
            return Figure.Unknown(status, Reason.ZeroDenominator, "Every item was finished at the instant it was started.");
        var value = (decimal)(total - waiting) / total;
        return Figure.Known(status, value, known, e => $"{Days(waits[e.Item.Id])} waiting of {Days(Elapsed(e).Ticks)}") with
        {
            Band = known.Length < FewestForBand ? null : history.Project.LimitsOf(Figure.Metric)?.Of(value),
            Inputs = [new("time from start to finish", Days(total)), new("of it waiting", Days(waiting))],
            Findings = known.Length == started.Length ? [] : [Unknown(started.Length - known.Length, started.Length)],
        };
    }

    private static TimeSpan Elapsed(FlowEntry entry) => entry.Step.Finish.GetValueOrDefault().At - entry.Step.Start.GetValueOrDefault().At;

    /// <summary>The time in which an item stood still or something that it has to wait for was open; reasons that overlap are one wait.</summary>
    private static TimeSpan Waited(FlowEntry entry, ScopedItem[] before)
    {
        var (from, to) = (entry.Step.Start.GetValueOrDefault().At, entry.Step.Finish.GetValueOrDefault().At);
        DateTimeOffset[] cuts = [from, .. Turns(entry.Item, before).Where(at => at > from && at < to).Distinct().Order(), to];
        return cuts.Zip(cuts.Skip(1)).Where(span => IsWaiting(entry.Item, before, span.First)).Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.Second - span.First));
    }

    private static bool IsWaiting(ItemHistory item, ScopedItem[] before, DateTimeOffset at) => item.Waiting?.At(at) == true || before.Any(b => b.IsOpenAt(at));

    private static IEnumerable<DateTimeOffset> Turns(ItemHistory item, ScopedItem[] before) => (item.Waiting?.Instants() ?? [])
        .Concat(before.SelectMany(b => b.Item.State.Instants().Concat(b.Item.Deleted.Instants()).Concat(b.InScope.Instants()).Append(b.Item.Created)));

    private static Finding Unknown(int unknown, int all) => new("WaitingNotConfigured", (decimal)unknown / all, string.Create(
        CultureInfo.InvariantCulture, $"{unknown} of {all} items come from a connector without statuses that mean waiting or blocked and are left out."));

    private static string Days(long ticks) => Math.Round(TimeSpan.FromTicks(ticks).TotalDays, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture) + " days";
}
