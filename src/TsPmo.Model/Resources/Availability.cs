using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Resources;

/// <summary>
/// How many hours people have. What the configuration says of a person counts before what the trackers say; where several teams share a person their hours add up.
/// Holidays, absences and days off are lost once, however many name them.
/// </summary>
internal sealed class Availability
{
    private readonly ProjectHistory _history;
    private readonly ILookup<string, Term> _terms;

    public Availability(ProjectHistory history)
    {
        _history = history;
        _terms = history.Capacities
            .SelectMany(c => c.Members.Select(m => (m.Person, Term: new Term($"{c.Sprint.Connector}:{c.Team}", c.Days, m.HoursPerDay, [.. m.DaysOff]))))
            .ToLookup(t => t.Person, t => t.Term, StringComparer.Ordinal);
        Own = [.. history.Capacities.Where(c => c.IsOwn).SelectMany(c => c.Members.Select(m => (m.Person, c.Days)))];
    }

    /// <summary>Who is in a team of the project, and when.</summary>
    public IReadOnlyList<(string Person, DateWindow Days)> Own { get; }

    /// <summary>Whether a person's hours come from a tracker.</summary>
    public bool IsTold(string person) => _history.People.Configured(person)?.HoursPerDay is null && _terms.Contains(person);

    /// <summary>Hours of a person in some days; null where nobody said how many there are.</summary>
    public decimal? HoursIn(string person, DateWindow days)
    {
        var configured = _history.People.Configured(person);
        Term[] terms = [.. _terms[person].Where(t => t.Days.First <= days.Last && days.First <= t.Days.Last)];
        if (configured?.HoursPerDay is null && !terms.Any(t => t.HoursPerDay > 0))
            return null;
        var hours = 0m;
        for (var day = days.First; day <= days.Last; day = day.AddDays(1))
        {
            if (_history.Calendar.IsWorkingDay(day) && configured?.IsAbsent(day) != true)
                hours += HoursOn(day, configured, terms);
        }

        return hours;
    }

    private static decimal HoursOn(DateOnly day, PersonDefinition? configured, Term[] terms)
    {
        var covering = terms.Where(t => t.Days.First <= day && day <= t.Days.Last);
        if (configured?.HoursPerDay is { } own)
            return covering.Any(t => t.DaysOff.Contains(day)) ? 0 : own;
        // Sprints of one team may overlap, and still its members work there once a day.
        return covering.Where(t => !t.DaysOff.Contains(day)).GroupBy(t => t.Team, StringComparer.Ordinal).Sum(team => team.Max(t => t.HoursPerDay));
    }

    private sealed record Term(string Team, DateWindow Days, decimal HoursPerDay, HashSet<DateOnly> DaysOff);
}
