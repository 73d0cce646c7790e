using TsPmo.Model.Calendar;
using TsPmo.Model.Planning;

namespace TsPmo.Model.Sprints;

/// <summary>The instants between which a sprint's content is told.</summary>
/// <param name="Start">From when a change is one within the sprint, inclusive.</param>
/// <param name="Last">The last instant of the sprint, inclusive; while it runs, the instant asked for.</param>
/// <param name="IsClosed">Whether it is over.</param>
public readonly record struct SprintSpan(DateTimeOffset Start, DateTimeOffset Last, bool IsClosed)
{
    /// <summary>The last instant before the start: what is in the sprint then is committed.</summary>
    public DateTimeOffset BeforeStart => Start.AddTicks(-1);

    /// <summary>The span of a sprint as of an instant; null while it has not begun or its start is not known.</summary>
    public static SprintSpan? Of(Sprint sprint, WorkingCalendar calendar, DateTimeOffset asOf)
    {
        if (StartOf(sprint, calendar) is not { } start || start > asOf)
            return null;
        return LastOf(sprint) is { } last && last <= asOf ? new(start, last, IsClosed: true) : new(start, asOf, IsClosed: false);
    }

    /// <summary>A sprint planned in whole days is filled during its first day, so that its commitment stands at the end of that day.</summary>
    private static DateTimeOffset? StartOf(Sprint sprint, WorkingCalendar calendar) =>
        sprint is { IsPlannedInDays: true, Start: { } first } ? calendar.EndOf(calendar.DayOf(first)) : sprint.Start;

    /// <summary>The end of whole days is the first instant after them. Otherwise a sprint ends when somebody ends it, at its planned end only where that is not told.</summary>
    private static DateTimeOffset? LastOf(Sprint sprint) => sprint switch
    {
        { IsPlannedInDays: true } => sprint.End?.AddTicks(-1),
        { Completed: { } completed } => completed,
        { State: SprintState.Closed } => sprint.End,
        _ => null,
    };
}
