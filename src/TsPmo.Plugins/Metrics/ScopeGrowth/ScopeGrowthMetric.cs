using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.ScopeGrowth;

/// <summary>By how much the work of the project has grown since its baseline.</summary>
public sealed class ScopeGrowthMetric : IMetric
{
    private const int FewestItemsForBand = 5;
    private static readonly FigureForm Plain = new(3);
    private static readonly BaselineFigure Figure = new(
        new MetricDefinition("schedule.scopeGrowth", "scope growth since the baseline: + is more work, - is less", "ratio")
        {
            Form = new(2, IsPadded: true) { IsSigned = true, Above = "grown", Below = "shrunk", Even = "as planned" },
            Limits = new BandLimits(0.10m, 0.20m),
        },
        "scopeGrowth.current-over-baseline");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (basis, asOf) => Answer(basis, asOf, history.Project));

    private static FigureAnswer Answer(BaselineBasis basis, DateTimeOffset asOf, ProjectDefinition project)
    {
        var (baseline, difference) = (basis.Baseline, basis.Scope.At(asOf));
        var value = (difference.Added + difference.Reestimated - difference.Removed) / basis.TotalWeight;
        string Weight(decimal weight) => Plain.Write(weight, baseline.UnitName, CultureInfo.InvariantCulture);
        return FigureAnswer.Of(
            value,
            new("scope at the baseline", Weight(basis.TotalWeight)),
            new("added since", Weight(difference.Added)),
            new("estimated anew, more than before", Weight(difference.Reestimated)),
            new("taken out since", Weight(difference.Removed))) with
        {
            Band = baseline.Items.Count < FewestItemsForBand ? null : project.LimitsOf(Figure.Metric)?.Of(value),
            Remarks = Assumed(basis, difference),
            Evidence = () => new MappedList<(ItemHistory Item, ScopeDifference Part), Evidence>(() => [.. basis.Scope.Different(asOf)], i => new Evidence(i.Item.Id, Note(i.Part, Weight), i.Item.Url)),
        };
    }

    private static IReadOnlyList<Finding> Assumed(BaselineBasis basis, ScopeDifference difference)
    {
        var current = basis.TotalWeight + difference.Added + difference.Reestimated - difference.Removed;
        return difference.Assumed == 0 || current <= 0
            ? []
            : [new Finding("MissingEstimates", Math.Min(1, difference.Assumed / current), "Items in today's scope have no estimate; what they weighed in the baseline, else the median of their type, stands in.")];
    }

    private static string Note(ScopeDifference part, Func<decimal, string> weight) => part switch
    {
        { Added: not 0 } => $"{weight(part.Added)} added",
        { Removed: not 0 } => $"{weight(part.Removed)} taken out",
        _ => $"estimated anew, {weight(part.Reestimated)} more than before",
    };
}
