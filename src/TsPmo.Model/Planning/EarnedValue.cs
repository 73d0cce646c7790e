using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>Earned value (BCWP) over time: baseline weights times the share earned. One sweep over the changes gives every instant.</summary>
public sealed class EarnedValue
{
    private readonly Dictionary<SourceId, EarnedShare> _shares = [];
    private readonly RunningSum _sum;

    /// <summary>The earned value of a baseline's items, from the baseline on.</summary>
    public EarnedValue(ProjectHistory history, Baseline baseline)
    {
        var (children, baselined) = (Children.ByParent(history), baseline.Items.Select(i => i.Id).ToHashSet());
        var values = new List<ChangingValue<decimal>>();
        foreach (var planned in baseline.Items.Where(baseline.Counts))
        {
            if (!history.ById.TryGetValue(planned.Id, out var item))
                continue;
            ItemHistory[] below = [.. children[planned.Id].Select(c => c.Item)];
            var share = new EarnedShare(item.Item, planned.Accrual, below, [.. below.Where(c => !baselined.Contains(c.Id))]);
            _shares[planned.Id] = share;
            values.Add(new(baseline.CapturedAt, share.Instants(), at => PlannedValue.Portion(planned.Weight, share.At(at), 1)));
        }

        _sum = RunningSum.Of(values);
    }

    /// <summary>Earned value as of an instant, inclusive.</summary>
    public decimal At(DateTimeOffset instant) => _sum.At(instant);

    /// <summary>Share of one item earned as of an instant, 0 to 1.</summary>
    public decimal ShareOf(BaselineItem item, DateTimeOffset instant) => _shares.TryGetValue(item.Id, out var share) ? share.At(instant) : 0;

    /// <summary>Since when a value has been reached without a break, as of an instant; null when it is not reached then.</summary>
    public DateTimeOffset? ReachedSince(decimal value, DateTimeOffset instant) => _sum.ReachedSince(value, instant);
}
