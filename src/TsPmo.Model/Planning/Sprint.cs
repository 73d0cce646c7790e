using TsPmo.Model.Calendar;
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
    public DateOnly? FirstDay(WorkingCalendar calendar) => Start is { } start ? calendar.DayOf(start) : null;

    /// <summary>The planned last day; null where it has no end. The end of a sprint planned in whole days is the first instant after it.</summary>
    public DateOnly? LastDay(WorkingCalendar calendar) => End is { } end ? calendar.DayOf(IsPlannedInDays ? end.AddTicks(-1) : end) : null;
}
