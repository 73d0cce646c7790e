using TsPmo.Model.Calendar;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Delivery;

/// <summary>
/// Successful production deployments by complete Monday weeks up to an instant. Weeks before the week of the first deployment ever are
/// not weeks without deployments: nothing is known of them, so they do not count.
/// </summary>
public sealed class DeploymentWeeks
{
    private const int TrailingWeeks = 13;

    private readonly WorkingCalendar _calendar;

    private DeploymentWeeks(WorkingCalendar calendar, DateWindow window, IReadOnlyList<Deployment> deployments, DateOnly? first)
    {
        _calendar = calendar;
        Window = window;
        Deployments = deployments;
        FirstEver = first;
    }

    /// <summary>The days looked at: complete weeks, from the week of the first deployment ever on.</summary>
    public DateWindow Window { get; }

    /// <summary>The successful production deployments finished in the window, in order of their finish.</summary>
    public IReadOnlyList<Deployment> Deployments { get; }

    /// <summary>The day of the first one ever; null when there is none.</summary>
    public DateOnly? FirstEver { get; }

    /// <summary>Number of complete weeks; 0 when there is no deployment or the first lies in the running week.</summary>
    public int Weeks => FirstEver is null ? 0 : Window.Days / 7;

    /// <summary>The weeks before an instant. Deployments may come in any order; those finished later than the instant are left out.</summary>
    public static DeploymentWeeks Before(DateTimeOffset asOf, WorkingCalendar calendar, IEnumerable<Deployment> deployments)
    {
        var counted = deployments
            .Where(d => d is { IsProduction: true, Result: DeploymentResult.Succeeded } && d.FinishedAt <= asOf)
            .OrderBy(d => d.FinishedAt).ThenBy(d => d.Id)
            .ToArray();
        var trailing = calendar.CompleteWeeksBefore(asOf, TrailingWeeks);
        if (counted is not [{ FinishedAt: { } firstAt }, ..])
            return new(calendar, trailing, [], null);
        var first = calendar.DayOf(firstAt);
        var monday = WorkingCalendar.MondayOf(first);
        var window = trailing with { First = monday > trailing.First ? monday : trailing.First };
        return new(calendar, window, [.. counted.Where(d => Contains(window, calendar, d))], first);
    }

    /// <summary>Days with at least one deployment, for each week of the window.</summary>
    public IReadOnlyList<int> DaysByWeek()
    {
        var days = new int[Weeks];
        foreach (var day in Days())
            days[(day.DayNumber - Window.First.DayNumber) / 7]++;
        return days;
    }

    /// <summary>Days with at least one deployment, for each calendar month that lies in the window as a whole.</summary>
    public IReadOnlyList<int> DaysByMonth()
    {
        var days = Days().ToArray();
        var months = new List<int>();
        // The month of the first deployment counts as a whole even though nothing is known of its first days.
        var known = FirstEver is { } first && first >= Window.First ? new DateOnly(first.Year, first.Month, 1) : Window.First;
        for (var month = new DateOnly(known.Year, known.Month, 1); month.AddMonths(1) <= Window.Last.AddDays(1); month = month.AddMonths(1))
        {
            if (month >= known)
                months.Add(days.Count(d => d >= month && d < month.AddMonths(1)));
        }

        return months;
    }

    private IEnumerable<DateOnly> Days() => Deployments.Select(d => _calendar.DayOf(d.FinishedAt ?? default)).Distinct();

    private static bool Contains(DateWindow window, WorkingCalendar calendar, Deployment deployment) =>
        deployment.FinishedAt is { } at && window.Contains(calendar.DayOf(at));
}
