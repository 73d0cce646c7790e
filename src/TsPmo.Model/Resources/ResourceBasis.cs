using TsPmo.Model.Calendar;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Resources;

/// <summary>Work and capacity of one project, made by one sweep over its history and asked for any number of instants.</summary>
public sealed class ResourceBasis
{
    private const int WeeksAhead = 13;
    private readonly WorkingCalendar _calendar;
    private readonly Availability _availability;
    private readonly Workload _work;

    private ResourceBasis(ProjectHistory history) => (_calendar, _availability, _work) = (history.Calendar, new Availability(history), new Workload(history));

    /// <summary>The basis of a history.</summary>
    public static ResourceBasis From(ProjectHistory history) => new(history);

    /// <summary>Who has how much to do from an instant on, by what was known then.</summary>
    public ResourceStatus At(DateTimeOffset asOf)
    {
        var day = _calendar.DayOf(asOf);
        var monday = WorkingCalendar.MondayOf(day);
        Stretch[] open = [.. _work.Stretches.Where(s => s.From <= asOf && asOf < s.To)];
        var board = new WeekBoard(_calendar, day, WeeksAhead + 1);
        foreach (var stretch in open.Where(s => s.Hours > 0 && s.Last is not null))
            board.Place(stretch);
        var horizon = new DateWindow(monday, monday.AddDays(7 * (WeeksAhead + 1) - 1));
        PersonWeek[] weeks = [.. People(open, horizon).SelectMany(p => Weeks(p, board, day, monday))];
        return new()
        {
            AsOf = asOf,
            Horizon = horizon,
            Weeks = weeks,
            Unassigned = [.. Enumerable.Range(0, WeeksAhead + 1).Select(w => new PersonWeek(null, Week(monday, w), null, board.Of("", w))).Where(w => w.Load > 0)],
            UndatedHours = open.Where(s => s.Last is null).Sum(s => s.Hours ?? 0),
            LaterHours = board.Later,
            Items = open.Length,
            WithoutHours = [.. open.Where(s => s.Hours is null).Select(s => s.Item)],
            Undated = [.. open.Where(s => s is { Hours: > 0, Last: null }).Select(s => s.Item)],
            HasUndatedSources = open.Any(s => s.Last is not null && s.Item.PlannedFinish.At(asOf) != s.Last) || weeks.Any(w => _availability.IsTold(w.Person ?? "")),
        };
    }

    private IEnumerable<string> People(Stretch[] open, DateWindow horizon) =>
        open.Select(s => s.Person).OfType<string>()
            .Concat(_availability.Own.Where(o => o.Days.First <= horizon.Last && horizon.First <= o.Days.Last).Select(o => o.Person))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private IEnumerable<PersonWeek> Weeks(string person, WeekBoard board, DateOnly day, DateOnly monday) =>
        Enumerable.Range(0, WeeksAhead + 1)
            .Select(w => (Week: Week(monday, w), Shares: board.Of(person, w)))
            .Select(w => new PersonWeek(person, w.Week, _availability.HoursIn(person, w.Week with { First = w.Week.First < day ? day : w.Week.First }), w.Shares))
            .Where(w => w.Load > 0 || w.Capacity > 0);

    private static DateWindow Week(DateOnly monday, int index) => new(monday.AddDays(7 * index), monday.AddDays(7 * index + 6));
}
