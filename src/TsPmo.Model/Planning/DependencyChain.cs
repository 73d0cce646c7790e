using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>
/// The longest chain of open items of a project that wait for each other, across its trackers, against its planned finish.
/// </summary>
public sealed class DependencyChain
{
    internal DependencyChain(Dictionary<SourceId, ItemHistory> items, CriticalPath<SourceId> network, decimal? end)
    {
        Chain = [.. network.Path.Select(id => items[id])];
        Cyclic = [.. network.Cyclic.Select(id => items[id])];
        Float = end - network.Duration;
    }

    /// <summary>The items of the chain, first to last; empty where no open items wait for each other.</summary>
    public IReadOnlyList<ItemHistory> Chain { get; }

    /// <summary>Working days that the chain could slip before the planned finish does; negative where it cannot be kept. Null without a planned finish.</summary>
    public decimal? Float { get; }

    /// <summary>Items that wait for each other in a circle.</summary>
    public IReadOnlyList<ItemHistory> Cyclic { get; }

    /// <summary>What is wrong with it: a circle, or a chain that cannot be finished in time.</summary>
    public IEnumerable<Finding> Findings()
    {
        if (Cyclic.Count > 0)
            yield return new("DependencyCycle", 0, $"{Keys(Cyclic, ", ")} wait for each other in a circle; the links among them are left out.");
        if (Float <= 0)
            yield return new("NoFloat", 0, $"{Keys(Chain, " → ")} must be done one after the other and leave {Days(Float ?? 0)} before the planned finish.");
    }

    /// <summary>The chain and its float as an input.</summary>
    public MetricInput Input => new("longest chain of open items", $"{Keys(Chain, " → ")}{(Float is { } days ? $", total float {Days(days)}" : "")}");

    private static string Keys(IEnumerable<ItemHistory> items, string between) => string.Join(between, items.Select(i => i.Key));

    private static string Days(decimal days) => new FigureForm(1).Write(days, "working days", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>
/// How long what waits for each other takes. An item takes its remaining hours, 8 to a day; without them what is left of its planned days; without those one day.
/// </summary>
internal sealed class DependencyNetwork
{
    private const decimal HoursPerDay = 8;
    private readonly ProjectHistory _history;
    private readonly IReadOnlyList<(SourceId Before, SourceId After)> _waits;
    private readonly IReadOnlyList<ScopedItem> _linked;

    public DependencyNetwork(ProjectHistory history)
    {
        _history = history;
        _waits = history.Precedence.Waits;
        var ends = _waits.SelectMany(w => new[] { w.Before, w.After }).ToHashSet();
        _linked = [.. history.Items.Where(i => ends.Contains(i.Item.Id))];
    }

    /// <summary>The chain as of an instant; null where no open items are linked.</summary>
    public DependencyChain? At(DateTimeOffset asOf)
    {
        var open = _linked.Where(i => i.IsOpenAt(asOf)).ToDictionary(i => i.Item.Id, i => i.Item);
        var before = _waits.Where(w => open.ContainsKey(w.Before) && open.ContainsKey(w.After)).ToLookup(w => w.After, w => w.Before);
        if (before.Count == 0)
            return null;
        var bound = before.SelectMany(b => b.Append(b.Key)).ToHashSet();
        var activities = bound.Order().Select(id => new Activity<SourceId>(id, Duration(open[id], asOf), [.. before[id].Order()])).ToList();
        var end = DaysLeft(asOf);
        return new(open, new CriticalPath<SourceId>(activities, end), end);
    }

    private decimal Duration(ItemHistory item, DateTimeOffset asOf)
    {
        if (item.RemainingHours.At(asOf) is >= 0 and var hours)
            return hours / HoursPerDay;
        var today = _history.Calendar.DayOf(asOf);
        return item.PlannedStart.At(asOf) is { } start && item.PlannedFinish.At(asOf) is { } finish
            ? Math.Max(1, _history.Calendar.WorkingDaysIn(start > today ? start : today, finish))
            : 1;
    }

    /// <summary>Working days after today up to the planned finish: the baseline's, else the plan's.</summary>
    private decimal? DaysLeft(DateTimeOffset asOf)
    {
        var finish = _history.Schedule.At(asOf) is { } status ? status.DayAfter(status.Duration) : _history.Project.Plan.Finish;
        return finish is { } day ? _history.Calendar.WorkingDaysFrom(_history.Calendar.DayOf(asOf), day) : null;
    }
}
