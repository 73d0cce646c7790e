using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

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

    /// <summary>How long items of each kind usually take; kinds of which fewer than five were finished are held to the times of all.</summary>
    private sealed class UsualTimes
    {
        private readonly (int Amber, int Red)? _all;
        private readonly Dictionary<WorkItemKind, (int Amber, int Red)> _byKind = [];

        public UsualTimes(FlowStatus status)
        {
            var finished = status.FinishedInWindow.Where(e => e.CycleDays is not null)
                .Select(e => (Kind: e.Item.Kind.At(status.AsOf), Days: e.CycleDays ?? 0)).ToArray();
            _all = Limits(finished.Select(f => f.Days));
            foreach (var kind in finished.GroupBy(f => f.Kind, f => f.Days))
            {
                if (Limits(kind) is { } limits)
                    _byKind[kind.Key] = limits;
            }
        }

        public bool AreKnown => _all is not null;

        public string InWords => _all is { } all ? string.Create(CultureInfo.InvariantCulture, $"{all.Amber} and {all.Red} days") : "not known";

        public Band BandOf(WorkItemKind kind, int age)
        {
            var (amber, red) = _byKind.TryGetValue(kind, out var own) ? own : _all ?? (int.MaxValue, int.MaxValue);
            return age > red ? Band.Red : age > amber ? Band.Amber : Band.Green;
        }

        private static (int Amber, int Red)? Limits(IEnumerable<int> days)
        {
            var all = days.ToArray();
            return all.Length >= FewestForBand && Observations.Percentile(all, 70) is { } amber && Observations.Percentile(all, 85) is { } red ? (amber, red) : null;
        }
    }
}
