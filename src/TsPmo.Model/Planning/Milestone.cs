using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>Promised content or date.</summary>
/// <param name="Id">Connector and id.</param>
/// <param name="Project">The tracker's project.</param>
/// <param name="Name">Name.</param>
/// <param name="Kind">version, or planned for a date named in the project's plan.</param>
/// <param name="Start">Start date.</param>
/// <param name="Date">Promised date.</param>
/// <param name="Released">Whether it is out.</param>
/// <param name="ReleasedAt">The day it came out, as the tracker tells it.</param>
public sealed record Milestone(SourceId Id, string Project, string Name, string Kind, DateOnly? Start, DateOnly? Date, bool Released, DateOnly? ReleasedAt)
{
    /// <summary>Promised date as it was known over time; no tracker tells its history, so a move is dated by our noticing. Null: only the present one is known.</summary>
    public Track<DateOnly?>? Dates { get; init; }

    /// <summary>Since when moves are noticed; an earlier instant has the oldest known date, which may not have stood then. Null: never.</summary>
    public DateTimeOffset? DatesSince { get; init; }

    /// <summary>The promised date as it was known at an instant.</summary>
    public DateOnly? DateAt(DateTimeOffset instant) => Dates is null ? Date : Dates.At(instant);

    /// <summary>Whether <see cref="DateAt"/> tells what stood at an instant, rather than the oldest that is known.</summary>
    public bool KnowsDateAt(DateTimeOffset instant) => DatesSince <= instant;

    /// <summary>Whether it was out by the end of a day; what came out without a day counts as not yet out, since nobody knows when.</summary>
    public bool IsReleasedBy(DateOnly day) => Released && ReleasedAt <= day;
}
