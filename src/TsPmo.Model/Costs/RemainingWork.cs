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
    private readonly RunningSum _hours;
    private readonly RunningSum _cost;
    private readonly RunningSum _open;
    private readonly RunningSum _unknown;

    internal RemainingWork(ProjectHistory history)
    {
        var children = Children.ByParent(history);
        DateTimeOffset[] newRates = [.. history.Project.Rates.Changes.Select(history.Calendar.StartOf)];
        _items = [.. history.Items.Select(i => new OpenItem(i, [.. children[i.Item.Id]], history))];
        _hours = Sum(i => i.Hours, []);
        _cost = Sum(i => i.Cost, newRates);
        _open = Sum(i => i.Counted, []);
        _unknown = Sum(i => i.Unknown, []);

        RunningSum Sum(Func<OpenItem, Func<DateTimeOffset, decimal>> part, DateTimeOffset[] also) =>
            new(_items.SelectMany(i => RunningSum.Steps(i.Created, i.Instants.Concat(also), part(i))));
    }

    /// <summary>Remaining hours as of an instant, inclusive.</summary>
    public decimal Hours(DateTimeOffset instant) => _hours.At(instant);

    /// <summary>What the remaining hours that have a rate cost at the rates of the day.</summary>
    public decimal Cost(DateTimeOffset instant) => _cost.At(instant);

    /// <summary>Number of open items that carry weight of their own.</summary>
    public decimal Open(DateTimeOffset instant) => _open.At(instant);

    /// <summary>Number of those for which no remaining hours are told, neither on the item nor below it.</summary>
    public decimal Unknown(DateTimeOffset instant) => _unknown.At(instant);

    /// <summary>The items with remaining hours as of an instant, ordered by id.</summary>
    public IEnumerable<Evidence> Behind(DateTimeOffset instant) => _items.Where(i => i.Hours(instant) != 0)
        .Select(i => new Evidence(i.Item.Id, string.Create(CultureInfo.InvariantCulture, $"{i.Hours(instant):0.##} hours remaining"), i.Item.Url));

    private sealed class OpenItem(ScopedItem scoped, IReadOnlyList<ScopedItem> children, ProjectHistory history)
    {
        public ItemHistory Item => scoped.Item;

        public DateTimeOffset Created => Item.Created;

        public IReadOnlyList<DateTimeOffset> Instants { get; } = [.. Changes(scoped).Concat(children.SelectMany(Changes))];

        public decimal Hours(DateTimeOffset instant) => Remaining(scoped, instant) ?? 0;

        public decimal Cost(DateTimeOffset instant) =>
            Hours(instant) is not 0 and var hours && history.Project.Rates.RateOf(Assignee(instant), history.Calendar.DayOf(instant)) is { } rate ? hours * rate : 0;

        public decimal Counted(DateTimeOffset instant) => IsOpen(scoped, instant) && CountedItems.Counts(Item.Kind.At(instant), Below(instant).Any()) ? 1 : 0;

        public decimal Unknown(DateTimeOffset instant) =>
            Counted(instant) == 1 && Remaining(scoped, instant) is null && !Below(instant).Any(c => Remaining(c, instant) is not null) ? 1 : 0;

        private string? Assignee(DateTimeOffset instant) => history.People.IdOf(Item.Id.Connector, Item.Assignee.At(instant));

        private IEnumerable<ScopedItem> Below(DateTimeOffset instant) => children.Where(c => c.IsInAt(instant) && c.Item.Parent.At(instant) == Item.Id.Id);

        private static decimal? Remaining(ScopedItem item, DateTimeOffset instant) =>
            IsOpen(item, instant) && item.Item.RemainingHours.At(instant) is >= 0 and var hours ? hours : null;

        private static bool IsOpen(ScopedItem item, DateTimeOffset instant) => item.IsInAt(instant) && item.Item.State.At(instant) is State.ToDo or State.InProgress;

        private static IEnumerable<DateTimeOffset> Changes(ScopedItem item) =>
        [
            item.Item.Created, .. item.InScope.Instants(), .. item.Item.Deleted.Instants(), .. item.Item.State.Instants(), .. item.Item.Kind.Instants(),
            .. item.Item.Parent.Instants(), .. item.Item.RemainingHours.Instants(), .. item.Item.Assignee.Instants(),
        ];
    }
}
