using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>Earned value (BCWP) over time: baseline weights times the share earned. One sweep over the changes gives every instant.</summary>
public sealed class EarnedValue
{
    private readonly Dictionary<SourceId, EarnedShare> _shares = [];
    private readonly DateTimeOffset[] _instants;
    private readonly decimal[] _values;

    /// <summary>The earned value of a baseline's items, from the baseline on.</summary>
    public EarnedValue(ProjectHistory history, Baseline baseline)
    {
        var items = history.Items.ToDictionary(i => i.Item.Id, i => i.Item);
        var children = baseline.Items.Any(i => i.Accrual == Accrual.LinearWorkday) ? ChildrenByParent(history) : null;
        var steps = new SortedDictionary<DateTimeOffset, decimal>();
        foreach (var planned in baseline.Items.Where(baseline.Counts))
        {
            if (!items.TryGetValue(planned.Id, out var item))
                continue;
            var share = new EarnedShare(item, planned.Accrual, children is null ? [] : [.. children[planned.Id]]);
            _shares[planned.Id] = share;
            AddSteps(steps, share, planned.Weight, baseline.CapturedAt);
        }

        (_instants, _values) = Accumulate(steps);
    }

    /// <summary>Earned value as of an instant, inclusive.</summary>
    public decimal At(DateTimeOffset instant) => IndexAt(instant) is >= 0 and var index ? _values[index] : 0;

    /// <summary>Share of one item earned as of an instant, 0 to 1.</summary>
    public decimal ShareOf(BaselineItem item, DateTimeOffset instant) => _shares.TryGetValue(item.Id, out var share) ? share.At(instant) : 0;

    /// <summary>Since when a value has been reached without a break, as of an instant; null when it is not reached then.</summary>
    public DateTimeOffset? ReachedSince(decimal value, DateTimeOffset instant)
    {
        var index = IndexAt(instant);
        if (index < 0 || _values[index] < value)
            return null;
        while (index > 0 && _values[index - 1] >= value)
            index--;
        return _instants[index];
    }

    private int IndexAt(DateTimeOffset instant)
    {
        var index = Array.BinarySearch(_instants, instant);
        return index >= 0 ? index : ~index - 1;
    }

    private static void AddSteps(SortedDictionary<DateTimeOffset, decimal> steps, EarnedShare share, decimal weight, DateTimeOffset from)
    {
        var before = 0m;
        foreach (var instant in share.Instants().Where(i => i > from).Prepend(from).Distinct().Order())
        {
            var earned = PlannedValue.Portion(weight, share.At(instant), 1);
            if (earned != before)
                steps[instant] = steps.GetValueOrDefault(instant) + earned - before;
            before = earned;
        }
    }

    private static (DateTimeOffset[] Instants, decimal[] Values) Accumulate(SortedDictionary<DateTimeOffset, decimal> steps)
    {
        var values = new decimal[steps.Count];
        var sum = 0m;
        var index = 0;
        foreach (var step in steps.Values)
            values[index++] = sum += step;
        return ([.. steps.Keys], values);
    }

    private static ILookup<SourceId, ItemHistory> ChildrenByParent(ProjectHistory history) =>
        history.Items
            .SelectMany(i => i.Item.Parent.Entries.Select(e => e.To).Prepend(i.Item.Parent.Initial).OfType<string>().Distinct()
                .Select(parent => (Parent: new SourceId(i.Item.Id.Connector, parent), i.Item)))
            .ToLookup(pair => pair.Parent, pair => pair.Item);
}
