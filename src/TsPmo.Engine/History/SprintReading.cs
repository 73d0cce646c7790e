using TsPmo.Engine.Storage.Facts;
using TsPmo.Model.Calendar;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>Reads sprints under the PMO's calendar: with the dates that were known at the instant which is asked for, and as far as they had come then.</summary>
internal static class SprintReading
{
    /// <param name="stored">The sprint as stored.</param>
    /// <param name="calendar">The PMO's calendar: whole days become instants in its zone.</param>
    /// <param name="instant">The instant whose truth is told.</param>
    /// <param name="isPast">Whether that instant is not now: then the state the tracker tells is not the one that is asked for.</param>
    public static Sprint Read(StoredSprint stored, WorkingCalendar calendar, DateTimeOffset instant, bool isPast)
    {
        var row = stored.Row;
        var moves = PlanMoves.Of(
            stored.Former,
            f => Dates(calendar, (f.Start, f.End), (f.FirstDay, f.LastDay)),
            Dates(calendar, (row.Start, row.End), (row.FirstDay, row.LastDay)),
            row.SeenSince);
        var dates = isPast ? moves.Plans.At(instant) : moves.Plans.Current;
        var completed = dates.IsPlannedInDays || (row.State is null && row.Completed is null) ? dates.End : Instants.FromRow(row.Completed);
        if (completed > instant)
            completed = null;
        var state = row.State is { } told && !isPast ? told : ByDates(dates, completed, instant);
        return new Sprint
        {
            Id = new SourceId(row.Connector, row.Id),
            Name = row.Name,
            Project = row.Project,
            BoardOrTeam = row.BoardOrTeam,
            Goal = row.Goal,
            State = state,
            Start = dates.Start,
            End = dates.End,
            Completed = state == SprintState.Closed ? completed : null,
            IsPlannedInDays = dates.IsPlannedInDays,
            Dates = moves.Plans,
            DatesSince = moves.Since,
        };
    }

    private static SprintDates Dates(WorkingCalendar calendar, (long? Start, long? End) instants, (DateOnly? First, DateOnly? Last) days) => new(
        days.First is { } first ? calendar.StartOf(first) : Instants.FromRow(instants.Start),
        days.Last is { } last ? calendar.EndOf(last) : Instants.FromRow(instants.End),
        days.First is not null || days.Last is not null);

    private static SprintState ByDates(SprintDates dates, DateTimeOffset? completed, DateTimeOffset instant) =>
        completed is not null && dates.Start is not null ? SprintState.Closed
        : dates.Start is null || dates.End is null || dates.Start > instant ? SprintState.Future
        : SprintState.Active;
}
