using System.Globalization;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;
using TsPmo.Model.Resources;

namespace TsPmo.Model.Costs;

/// <summary>
/// What the project's teams would have cost had everybody worked their capacity: person-days at their rates. It is no measurement, and stands in only where no hours are booked at all.
/// A working day counts from its end on; capacities are those that the tracker tells now.
/// </summary>
public sealed class CapacityBurn
{
    private readonly IReadOnlyList<BurntDay> _days;
    private readonly RunningSum _hours;
    private readonly RunningSum _cost;

    internal CapacityBurn(ProjectHistory history)
    {
        _days = [.. history.Capacities.Where(c => c.IsOwn).SelectMany(c => Days(history, c))];
        _hours = new(_days.Select(d => (d.End, d.Hours)));
        _cost = new(_days.Select(d => (d.End, d.Cost ?? 0)));
    }

    /// <summary>Hours of capacity up to an instant, inclusive.</summary>
    public decimal Hours(DateTimeOffset instant) => _hours.At(instant);

    /// <summary>What those hours that have a rate cost.</summary>
    public decimal Cost(DateTimeOffset instant) => _cost.At(instant);

    /// <summary>The sprints behind it, ordered by id.</summary>
    public IEnumerable<Evidence> Behind(DateTimeOffset instant) => _days.Where(d => d.End <= instant).GroupBy(d => d.Capacity.Sprint).OrderBy(g => g.Key)
        .Select(g => new Evidence(g.Key, string.Create(CultureInfo.InvariantCulture, $"{g.Sum(d => d.Hours):0.##} hours of capacity of {string.Join(", ", g.Select(d => d.Capacity.Team).Distinct().Order(StringComparer.Ordinal))}"), null));

    private static IEnumerable<BurntDay> Days(ProjectHistory history, TeamCapacity capacity) =>
        from member in capacity.Members
        where member.HoursPerDay > 0
        from offset in Enumerable.Range(0, capacity.Days.Last.DayNumber - capacity.Days.First.DayNumber + 1)
        let day = capacity.Days.First.AddDays(offset)
        where history.Calendar.IsWorkingDay(day) && !member.DaysOff.Contains(day)
        select new BurntDay(capacity, history.Calendar.EndOf(day), member.HoursPerDay, member.HoursPerDay * history.Project.Rates.RateOf(member.Person, day));

    private readonly record struct BurntDay(TeamCapacity Capacity, DateTimeOffset End, decimal Hours, decimal? Cost);
}
