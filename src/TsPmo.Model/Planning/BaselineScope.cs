using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>How the scope of a project differs from its baseline as of an instant, in the baseline's unit.</summary>
/// <param name="Added">Weight that was not in the baseline.</param>
/// <param name="Removed">Baselined weight that is no longer to be done here: removed, deleted, moved elsewhere, or split into items that are counted themselves.</param>
/// <param name="Reestimated">What the baselined items in it weigh more (or less) than they did.</param>
/// <param name="Assumed">Weight in it that stands in for missing estimates.</param>
public readonly record struct ScopeDifference(decimal Added, decimal Removed, decimal Reestimated, decimal Assumed)
{
    /// <summary>Whether there is none.</summary>
    public bool IsNone => Added == 0 && Removed == 0 && Reestimated == 0;
}

/// <summary>
/// What became of a baseline's scope: one sweep over the changes gives every instant. Scope is what carries weight of its own in the project and is not removed; what was
/// done before the baseline and has not been taken up since is no part of it.
/// </summary>
public sealed class BaselineScope
{
    private readonly List<ItemScope> _items = [];
    private readonly RunningSum[] _sums;

    internal BaselineScope(ProjectHistory history, Baseline baseline)
    {
        var weights = baseline.Items.ToDictionary(i => i.Id, i => i.Weight);
        var medians = new WeightMedians(history, baseline);
        var children = Children.ByParent(history);
        foreach (var item in history.Items)
        {
            decimal? weight = weights.TryGetValue(item.Item.Id, out var known) ? known : null;
            _items.Add(new(item, weight, medians, [.. children[item.Item.Id]], baseline));
        }

        _sums = RunningSum.Of(
            _items.Select(i => new ChangingValue<ScopeDifference>(baseline.CapturedAt, i.Instants, i.At)), d => d.Added, d => d.Removed, d => d.Reestimated, d => d.Assumed);
    }

    /// <summary>The difference as of an instant, inclusive.</summary>
    public ScopeDifference At(DateTimeOffset instant) => new(_sums[0].At(instant), _sums[1].At(instant), _sums[2].At(instant), _sums[3].At(instant));

    /// <summary>The items that make the difference as of an instant, each with its part.</summary>
    public IEnumerable<(ItemHistory Item, ScopeDifference Part)> Different(DateTimeOffset instant) =>
        _items.Select(i => (i.Item, Part: i.At(instant))).Where(i => !i.Part.IsNone);
}

/// <summary>One item against a baseline. Its weight as of an instant is its estimate in the baseline's unit, else what it was baselined with, else the median of its type there.</summary>
internal sealed class ItemScope
{
    private readonly ScopedItem _item;
    private readonly decimal? _baselined;
    private readonly WeightMedians _medians;
    private readonly IReadOnlyList<ScopedItem> _children;
    private readonly WeightUnit _unit;
    private readonly DateTimeOffset? _takenUp;

    public ItemScope(ScopedItem item, decimal? baselined, WeightMedians medians, IReadOnlyList<ScopedItem> children, Baseline baseline)
    {
        (_item, _baselined, _medians, _children, _unit) = (item, baselined, medians, children, baseline.Unit);
        _takenUp = TakenUp(baseline.CapturedAt);
        Instants = [.. Own().Concat(HasBeenFeature ? children.SelectMany(Presence) : [])];
    }

    public ItemHistory Item => _item.Item;

    /// <summary>Every instant at which its part may change.</summary>
    public IReadOnlyList<DateTimeOffset> Instants { get; }

    private bool HasBeenFeature => Item.Kind.Initial == WorkItemKind.Feature || Item.Kind.Entries.Any(e => e.To == WorkItemKind.Feature);

    public ScopeDifference At(DateTimeOffset instant)
    {
        if (!IsInScope(instant))
            return new(0, _baselined ?? 0, 0, 0);
        var estimate = Estimate(instant);
        var weight = estimate ?? _baselined ?? _medians.Of(Item.Kind.At(instant));
        var assumed = estimate is null ? weight : 0;
        return _baselined is { } before ? new(0, 0, weight - before, assumed) : new(weight, 0, 0, assumed);
    }

    private bool IsInScope(DateTimeOffset instant) =>
        _item.IsInAt(instant) && Item.State.At(instant) != State.Removed
        && (_baselined is not null || _takenUp <= instant)
        && CountedItems.Counts(Item.Kind.At(instant), _children.Any(c => c.IsInAt(instant) && c.Item.Parent.At(instant) == Item.Id.Id));

    private decimal? Estimate(DateTimeOffset instant) => _unit switch
    {
        WeightUnit.Points => Item.Points.At(instant) is >= 0 and var points ? points : null,
        WeightUnit.Hours => Item.EstimateHours.At(instant) is >= 0 and var hours ? hours : null,
        _ => 1,
    };

    /// <summary>Since when it is work of this baseline's time: always, unless it was done by then; then from its next change of state.</summary>
    private DateTimeOffset? TakenUp(DateTimeOffset capturedAt)
    {
        if (Item.Created > capturedAt || Item.State.At(capturedAt) != State.Done)
            return DateTimeOffset.MinValue;
        return Item.State.Entries.Where(e => e.At > capturedAt).Select(e => (DateTimeOffset?)e.At).FirstOrDefault();
    }

    private IEnumerable<DateTimeOffset> Own()
    {
        var estimates = _unit switch
        {
            WeightUnit.Points => Item.Points.Instants(),
            WeightUnit.Hours => Item.EstimateHours.Instants(),
            _ => [],
        };
        return Presence(_item).Concat(Item.State.Instants()).Concat(Item.Kind.Instants()).Concat(estimates);
    }

    private static IEnumerable<DateTimeOffset> Presence(ScopedItem item) =>
        item.Item.Deleted.Instants().Concat(item.InScope.Instants()).Concat(item.Item.Parent.Instants()).Append(item.Item.Created);
}

/// <summary>What items of a type weigh in a baseline: the median, that of all where the type is not in it.</summary>
internal sealed class WeightMedians
{
    private readonly Dictionary<WorkItemKind, decimal> _byKind;
    private readonly decimal _overall;

    public WeightMedians(ProjectHistory history, Baseline baseline)
    {
        _byKind = baseline.Items.Where(i => history.ById.ContainsKey(i.Id))
            .GroupBy(i => history.ById[i.Id].Item.Kind.At(baseline.CapturedAt), i => i.Weight)
            .ToDictionary(g => g.Key, g => Measuring.Observations.Median(g) ?? 0);
        _overall = Measuring.Observations.Median(baseline.Items.Select(i => i.Weight)) ?? 0;
    }

    public decimal Of(WorkItemKind kind) => _byKind.GetValueOrDefault(kind, _overall);
}
