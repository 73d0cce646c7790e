using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Calendar;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>Reads sprints under the PMO's calendar. Their dates have no history, so an earlier instant only decides how far they had come.</summary>
internal static class SprintReading
{
    /// <param name="row">The sprint as stored.</param>
    /// <param name="calendar">The PMO's calendar: whole days become instants in its zone.</param>
    /// <param name="instant">The instant whose truth is told.</param>
    /// <param name="isPast">Whether that instant is not now: then the state the tracker tells is not the one that is asked for.</param>
    public static Sprint Read(SprintRow row, WorkingCalendar calendar, DateTimeOffset instant, bool isPast)
    {
        var start = row.FirstDay is { } first ? calendar.StartOf(first) : Instants.FromRow(row.Start);
        var end = row.LastDay is { } last ? calendar.EndOf(last) : Instants.FromRow(row.End);
        var isPlannedInDays = row.FirstDay is not null || row.LastDay is not null;
        var completed = isPlannedInDays || (row.State is null && row.Completed is null) ? end : Instants.FromRow(row.Completed);
        if (completed > instant)
            completed = null;
        var state = row.State is { } told && !isPast ? told : ByDates(start, end, completed, instant);
        return new Sprint
        {
            Id = new SourceId(row.Connector, row.Id),
            Name = row.Name,
            Project = row.Project,
            BoardOrTeam = row.BoardOrTeam,
            Goal = row.Goal,
            State = state,
            Start = start,
            End = end,
            Completed = state == SprintState.Closed ? completed : null,
            IsPlannedInDays = isPlannedInDays,
        };
    }

    private static SprintState ByDates(DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset? completed, DateTimeOffset instant) =>
        completed is not null && start is not null ? SprintState.Closed
        : start is null || end is null || start > instant ? SprintState.Future
        : SprintState.Active;
}
