using System.Globalization;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Model.Costs;

/// <summary>
/// Hours booked on a project and what they cost, over time: one sweep over the entries gives every instant. An entry counts from the instant of its work on where its item
/// was in the project then, and not while the item is deleted.
/// </summary>
public sealed class BookedHours
{
    private readonly List<(TimeEntry Entry, ItemHistory Item, decimal? Cost)> _entries = [];
    private readonly RunningSum[] _sums;

    internal BookedHours(ProjectHistory history)
    {
        foreach (var entry in history.TimeEntries)
        {
            if (history.ById.TryGetValue(entry.Item, out var item) && item.InScope.At(entry.At))
                _entries.Add((entry, item.Item, history.Project.Rates.RateOf(entry.Person, history.Calendar.DayOf(entry.At)) * entry.Hours));
        }

        _sums = RunningSum.Of(
            _entries.Select(e => new ChangingValue<Booked>(e.Entry.At, e.Item.Deleted.Instants(), at => Counts(e.Entry, e.Item, at) ? new(e.Entry.Hours, e.Cost, 1) : default)),
            b => b.Hours, b => b.Cost ?? 0, b => b.Cost is null ? Math.Abs(b.Hours) : 0, b => b.Count);
    }

    /// <summary>Hours as of an instant, inclusive.</summary>
    public decimal Hours(DateTimeOffset instant) => _sums[0].At(instant);

    /// <summary>What the hours that have a rate cost as of an instant, inclusive.</summary>
    public decimal Cost(DateTimeOffset instant) => _sums[1].At(instant);

    /// <summary>Hours without a rate as of an instant, corrections counted by their size.</summary>
    public decimal Unpriced(DateTimeOffset instant) => _sums[2].At(instant);

    /// <summary>Number of entries as of an instant, inclusive.</summary>
    public int Count(DateTimeOffset instant) => (int)_sums[3].At(instant);

    /// <summary>The items with hours as of an instant, ordered by id, each with its hours and cost in words.</summary>
    /// <param name="instant">The instant, inclusive.</param>
    /// <param name="currency">Unit of the cost; null: hours only.</param>
    public IEnumerable<Evidence> Behind(DateTimeOffset instant, string? currency) =>
        _entries.Where(e => Counts(e.Entry, e.Item, instant)).GroupBy(e => e.Item).OrderBy(g => g.Key.Id)
            .Select(g => new Evidence(g.Key.Id, Words(g.Sum(e => e.Entry.Hours), g.Sum(e => e.Cost ?? 0), currency), g.Key.Url));

    private static bool Counts(TimeEntry entry, ItemHistory item, DateTimeOffset instant) => entry.At <= instant && !item.Deleted.At(instant);

    private static string Words(decimal hours, decimal cost, string? currency) => currency is null
        ? string.Create(CultureInfo.InvariantCulture, $"{hours:0.##} hours booked")
        : string.Create(CultureInfo.InvariantCulture, $"{hours:0.##} hours booked, {cost:0.##} {currency}");

    private readonly record struct Booked(decimal Hours, decimal? Cost, int Count);
}
