using TsPmo.Model.Calendar;
using TsPmo.Model.Planning;

namespace TsPmo.Model.Sprints;

/// <summary>The instants between which a sprint's content is told.</summary>
/// <param name="Start">From when a change is one within the sprint, inclusive.</param>
/// <param name="Last">The last instant of the sprint, inclusive; while it runs, the instant asked for.</param>
/// <param name="IsClosed">Whether it is over.</param>
public readonly record struct SprintSpan(DateTimeOffset Start, DateTimeOffset Last, bool IsClosed)
{
    /// <summary>Whether the dates it follows from are those of the instant asked for, rather than the oldest known.</summary>
    public bool IsHistorical { get; init; }

    /// <summary>The last instant before the start: what is in the sprint then is committed.</summary>
    public DateTimeOffset BeforeStart => Start.AddTicks(-1);

    /// <summary>The span of a sprint as of an instant; null while it has not begun or its start is not known.</summary>
    public static SprintSpan? Of(Sprint sprint, WorkingCalendar calendar, DateTimeOffset asOf)
    {
        var dates = sprint.DatesAt(asOf);
        if (StartOf(dates, calendar) is not { } start || start > asOf)
            return null;
        var span = LastOf(sprint, dates) is { } last && last <= asOf ? new SprintSpan(start, last, IsClosed: true) : new(start, asOf, IsClosed: false);
        return span with { IsHistorical = sprint.KnowsDatesAt(asOf) };
    }

    /// <summary>A sprint planned in whole days is filled during its first day, so that its commitment stands at the end of that day.</summary>
    private static DateTimeOffset? StartOf(SprintDates dates, WorkingCalendar calendar) =>
        dates is { IsPlannedInDays: true, Start: { } first } ? calendar.EndOf(calendar.DayOf(first)) : dates.Start;

    /// <summary>The end of whole days is the first instant after them. Otherwise a sprint ends when somebody ends it, at its planned end only where that is not told.</summary>
    private static DateTimeOffset? LastOf(Sprint sprint, SprintDates dates) => sprint switch
    {
        _ when dates.IsPlannedInDays => dates.End?.AddTicks(-1),
        { Completed: { } completed } => completed,
        { State: SprintState.Closed } => dates.End,
        _ => null,
    };
}
