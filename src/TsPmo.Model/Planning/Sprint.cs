using TsPmo.Model.Calendar;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>A time-boxed iteration. Instants are UTC; <see cref="End"/> is exclusive where it comes from a last day (24:00 in the PMO's zone).</summary>
public sealed record Sprint
{
    /// <summary>Connector and id.</summary>
    public required SourceId Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>The tracker's project it belongs to, where known.</summary>
    public string? Project { get; init; }

    /// <summary>Board, or teams joined by ", ".</summary>
    public string? BoardOrTeam { get; init; }

    /// <summary>Goal.</summary>
    public string? Goal { get; init; }

    /// <summary>Where it stands.</summary>
    public required SprintState State { get; init; }

    /// <summary>Activation where the tracker tells it, else planned start.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Planned end.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>True end.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>Whether start and end come from whole days (the grace of the first day applies).</summary>
    public bool IsPlannedInDays { get; init; }

    /// <summary>The day it starts on; null where it has no start.</summary>
    public DateOnly? FirstDay(WorkingCalendar calendar) => Now.FirstDay(calendar);

    /// <summary>The planned last day; null where it has no end.</summary>
    public DateOnly? LastDay(WorkingCalendar calendar) => Now.LastDay(calendar);

    /// <summary>Start and end as they were known over time; no tracker tells their history, so a move is dated by our noticing. Null: only the present ones are known.</summary>
    public Track<SprintDates>? Dates { get; init; }

    /// <summary>Since when moves are noticed; an earlier instant has the oldest known dates, which may not have stood then. Null: never.</summary>
    public DateTimeOffset? DatesSince { get; init; }

    /// <summary>Every pair of dates it ever was known by, oldest first.</summary>
    public IEnumerable<SprintDates> EverPlanned => Dates is null ? [Now] : Dates.Entries.Select(e => e.To).Prepend(Dates.Initial);

    /// <summary>Start and end as they were known at an instant.</summary>
    public SprintDates DatesAt(DateTimeOffset instant) => Dates?.At(instant) ?? Now;

    /// <summary>Whether <see cref="DatesAt"/> tells what stood at an instant, rather than the oldest that is known.</summary>
    public bool KnowsDatesAt(DateTimeOffset instant) => DatesSince <= instant;

    private SprintDates Now => new(Start, End, IsPlannedInDays);
}

/// <summary>When a sprint is planned to be; instants are UTC.</summary>
/// <param name="Start">Its start, inclusive.</param>
/// <param name="End">Its end; exclusive where it comes from a last day.</param>
/// <param name="IsPlannedInDays">Whether they come from whole days.</param>
public readonly record struct SprintDates(DateTimeOffset? Start, DateTimeOffset? End, bool IsPlannedInDays)
{
    /// <summary>The day of the start; null where there is none.</summary>
    public DateOnly? FirstDay(WorkingCalendar calendar) => Start is { } start ? calendar.DayOf(start) : null;

    /// <summary>The last day; null where there is no end. The end of what is planned in whole days is the first instant after it.</summary>
    public DateOnly? LastDay(WorkingCalendar calendar) => End is { } end ? calendar.DayOf(IsPlannedInDays ? end.AddTicks(-1) : end) : null;
}
