using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>
/// Weights of a baseline: points where at least 80 % of the items have them, else hours by the same rule, else one per item.
/// An estimate of 0 is an estimate; a missing one takes the median of its type. Weights that are all 0 fall back to one per item.
/// </summary>
internal sealed class BaselineWeights
{
    private const int CoveragePercent = 80;

    private BaselineWeights(WeightUnit unit, IReadOnlyList<decimal> weights, IReadOnlyList<bool> isAssumed)
    {
        Unit = unit;
        Weights = weights;
        IsAssumed = isAssumed;
    }

    public WeightUnit Unit { get; }

    /// <summary>Weights in the order of the items.</summary>
    public IReadOnlyList<decimal> Weights { get; }

    /// <summary>Whether a weight stands in for a missing estimate.</summary>
    public IReadOnlyList<bool> IsAssumed { get; }

    public static BaselineWeights Of(IReadOnlyList<ItemHistory> items, DateTimeOffset at) =>
        TryUnit(WeightUnit.Points, items, at, i => i.Points.At(at))
        ?? TryUnit(WeightUnit.Hours, items, at, i => i.EstimateHours.At(at))
        ?? new(WeightUnit.Items, [.. items.Select(_ => 1m)], new bool[items.Count]);

    private static BaselineWeights? TryUnit(WeightUnit unit, IReadOnlyList<ItemHistory> items, DateTimeOffset at, Func<ItemHistory, decimal?> estimate)
    {
        var known = items.Select(estimate).Select(e => e is >= 0 ? e : null).ToArray();
        var count = known.Count(e => e is not null);
        if (count == 0 || count * 100 < CoveragePercent * items.Count || known.All(e => e is null or 0))
            return null;
        var medians = MediansByType(items, known, at);
        var overall = Observations.Median(known.OfType<decimal>()) ?? 0;
        var weights = items.Select((item, i) => known[i] ?? medians.GetValueOrDefault(item.Kind.At(at), overall));
        return new(unit, [.. weights], [.. known.Select(e => e is null)]);
    }

    private static Dictionary<WorkItemKind, decimal> MediansByType(IReadOnlyList<ItemHistory> items, decimal?[] known, DateTimeOffset at) =>
        items.Zip(known)
            .Where(pair => pair.Second is not null)
            .GroupBy(pair => pair.First.Kind.At(at), pair => pair.Second ?? 0)
            .ToDictionary(group => group.Key, group => Observations.Median(group) ?? 0);
}
