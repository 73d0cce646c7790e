using System.Globalization;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Model.Costs;

/// <summary>
/// Remaining estimates of a project's open items and what they will cost at the rates of the day, over time. Every kind of item counts, sub-tasks among them, since trackers keep
/// the remaining hours of each item apart.
/// </summary>
public sealed class RemainingWork
{
    private readonly OpenItem[] _items;
    private readonly RunningSum[] _sums;

    internal RemainingWork(ProjectHistory history)
    {
        var children = Children.ByParent(history);
        DateTimeOffset[] newRates = [.. history.Project.Rates.Changes.Select(history.Calendar.StartOf)];
        _items = [.. history.Items.Select(i => new OpenItem(i, MayCount(i.Item) ? [.. children[i.Item.Id]] : [], history))];
        _sums = RunningSum.Of(
            _items.Select(i => new ChangingValue<OpenWork>(i.Item.Created, i.Instants.Concat(newRates), i.At)), w => w.Hours, w => w.Cost, w => w.Counted, w => w.Unknown);
    }

    /// <summary>Remaining hours as of an instant, inclusive.</summary>
    public decimal Hours(DateTimeOffset instant) => _sums[0].At(instant);

    /// <summary>What the remaining hours that have a rate cost at the rates of the day.</summary>
    public decimal Cost(DateTimeOffset instant) => _sums[1].At(instant);

    /// <summary>Number of open items that carry weight of their own.</summary>
    public decimal Open(DateTimeOffset instant) => _sums[2].At(instant);

    /// <summary>Number of those for which no remaining hours are told, neither on the item nor below it.</summary>
    public decimal Unknown(DateTimeOffset instant) => _sums[3].At(instant);

    /// <summary>The items with remaining hours as of an instant, ordered by id.</summary>
    public IEnumerable<Evidence> Behind(DateTimeOffset instant) => _items.Where(i => i.Hours(instant) != 0)
        .Select(i => new Evidence(i.Item.Id, string.Create(CultureInfo.InvariantCulture, $"{i.Hours(instant):0.##} hours remaining"), i.Item.Url));

    /// <summary>An epic may have thousands of items below it, and never counts itself.</summary>
    private static bool MayCount(ItemHistory item) => item.Kind.Entries.Select(e => e.To).Prepend(item.Kind.Initial).Any(kind => CountedItems.Counts(kind, hasChildren: false));

    private readonly record struct OpenWork(decimal Hours, decimal Cost, int Counted, int Unknown);

    private sealed class OpenItem(ScopedItem scoped, IReadOnlyList<ScopedItem> children, ProjectHistory history)
    {
        public ItemHistory Item => scoped.Item;

        public IReadOnlyList<DateTimeOffset> Instants { get; } = [.. Changes(scoped).Concat(children.SelectMany(Changes))];

        public decimal Hours(DateTimeOffset instant) => Remaining(scoped, instant) ?? 0;

        public OpenWork At(DateTimeOffset instant)
        {
            if (!scoped.IsOpenAt(instant))
                return default;
            var hours = Hours(instant);
            var isCounted = CountedItems.Counts(Item.Kind.At(instant), Below(instant).Any());
            var isKnown = Remaining(scoped, instant) is not null || Below(instant).Any(c => Remaining(c, instant) is not null);
            return new(hours, hours == 0 ? 0 : Cost(hours, instant), isCounted ? 1 : 0, isCounted && !isKnown ? 1 : 0);
        }

        private decimal Cost(decimal hours, DateTimeOffset instant) => hours * history.Project.Rates.RateOf(Assignee(instant), history.Calendar.DayOf(instant)) ?? 0;

        private string? Assignee(DateTimeOffset instant) => history.People.IdOf(Item.Id.Connector, Item.Assignee.At(instant));

        private IEnumerable<ScopedItem> Below(DateTimeOffset instant) => children.Where(c => c.IsInAt(instant) && c.Item.Parent.At(instant) == Item.Id.Id);

        private static decimal? Remaining(ScopedItem item, DateTimeOffset instant) =>
            item.IsOpenAt(instant) && item.Item.RemainingHours.At(instant) is >= 0 and var hours ? hours : null;

        private static IEnumerable<DateTimeOffset> Changes(ScopedItem item) =>
        [
            item.Item.Created, .. item.InScope.Instants(), .. item.Item.Deleted.Instants(), .. item.Item.State.Instants(), .. item.Item.Kind.Instants(),
            .. item.Item.Parent.Instants(), .. item.Item.RemainingHours.Instants(), .. item.Item.Assignee.Instants(),
        ];
    }
}
