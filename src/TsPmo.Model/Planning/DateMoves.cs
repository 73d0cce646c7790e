using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>A planned day that stood and was moved, or taken away.</summary>
/// <param name="Of">Whose day.</param>
/// <param name="At">When it was moved.</param>
/// <param name="From">The day before.</param>
/// <param name="To">The day after; null where it was taken away.</param>
/// <param name="Days">Working days by which it moved, later is positive; 0 where it was taken away.</param>
public readonly record struct DateMove(SourceId Of, DateTimeOffset At, DateOnly From, DateOnly? To, int Days);

/// <summary>How often planned days were moved since a baseline. Setting a first day is no move.</summary>
public sealed class DateMoves
{
    private readonly IReadOnlyList<DateMove> _moves;
    private readonly RunningSum _count;
    private readonly RunningSum _slip;

    /// <summary>Moves of the planned finishes of a baseline's items.</summary>
    internal DateMoves(ProjectHistory history, Baseline baseline)
        : this(OfItems(history, baseline), baseline)
    {
    }

    /// <summary>Moves of the promised date of a milestone, as far as they were noticed.</summary>
    public DateMoves(Milestone milestone, Baseline baseline)
        : this(milestone.Dates is { } dates ? [(milestone.Id, dates)] : [], baseline)
    {
    }

    private DateMoves(IEnumerable<(SourceId Of, Track<DateOnly?> Days)> tracks, Baseline baseline)
    {
        _moves =
        [
            .. from track in tracks
               from entry in track.Days.Entries
               where entry.At > baseline.CapturedAt && entry.From is not null && entry.From != entry.To
               orderby track.Of, entry.At
               select Move(track.Of, entry, baseline),
        ];
        _count = new(_moves.Select(m => (m.At, 1m)));
        _slip = new(_moves.Select(m => (m.At, (decimal)Math.Max(0, m.Days))));
    }

    /// <summary>How many moves there were as of an instant, inclusive.</summary>
    public decimal Count(DateTimeOffset instant) => _count.At(instant);

    /// <summary>Working days of all moves to a later day as of an instant, inclusive; moves back are not set off against them.</summary>
    public decimal Slip(DateTimeOffset instant) => _slip.At(instant);

    /// <summary>The moves as of an instant, inclusive, ordered by whose they are, then by when they happened.</summary>
    public IEnumerable<DateMove> UpTo(DateTimeOffset instant) => _moves.Where(m => m.At <= instant);

    private static IEnumerable<(SourceId, Track<DateOnly?>)> OfItems(ProjectHistory history, Baseline baseline) =>
        baseline.Items.Where(i => history.ById.ContainsKey(i.Id)).Select(i => (i.Id, history.ById[i.Id].Item.PlannedFinish));

    private static DateMove Move(SourceId of, TrackEntry<DateOnly?> entry, Baseline baseline) => entry switch
    {
        { From: { } from, To: { } to } => new(of, entry.At, from, to, baseline.Calendar.WorkingDaysFrom(from, to)),
        _ => new(of, entry.At, entry.From ?? default, null, 0),
    };
}
