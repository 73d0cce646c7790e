using TsPmo.Model.Calendar;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Quality;

/// <summary>An item entering Done, or leaving it for work.</summary>
/// <param name="Item">The item.</param>
/// <param name="At">When.</param>
/// <param name="IsEntry">Whether it entered.</param>
public readonly record struct DoneMove(ItemHistory Item, DateTimeOffset At, bool IsEntry);

/// <summary>Every entering and leaving of Done in a project, made by one sweep and asked for any number of instants.</summary>
public sealed class DoneMoves
{
    private readonly WorkingCalendar _calendar;
    private readonly (DoneMove Move, Track<bool> Counted)[] _moves;

    private DoneMoves(ProjectHistory history)
    {
        _calendar = history.Calendar;
        _moves = [.. history.Items.SelectMany((item, i) => Of(item.Item).Select(m => (Move: m, Counted: history.Counted[i]))).OrderBy(m => m.Move.At).ThenBy(m => m.Move.Item.Id)];
    }

    /// <summary>Those of a history.</summary>
    public static DoneMoves From(ProjectHistory history) => new(history);

    /// <summary>Those on the days of a window, of items that count in the project as of an instant; in order of their instants.</summary>
    public IReadOnlyList<DoneMove> In(DateWindow window, DateTimeOffset asOf) =>
        [.. _moves.Within(m => m.Move.At, _calendar, window, asOf).Where(m => m.Counted.At(asOf)).Select(m => m.Move)];

    private static IEnumerable<DoneMove> Of(ItemHistory item)
    {
        if (item.State.Initial == State.Done)
            yield return new(item, item.Created, IsEntry: true);
        var (entries, before) = (item.State.Entries, item.State.Initial);
        for (var i = 0; i < entries.Count; i++)
        {
            // Of changes at one instant only what stands after them counts.
            if (i + 1 < entries.Count && entries[i + 1].At == entries[i].At)
                continue;
            var after = entries[i].To;
            if (after == State.Done && before != State.Done)
                yield return new(item, entries[i].At, IsEntry: true);
            else if (before == State.Done && after.IsOpen())
                yield return new(item, entries[i].At, IsEntry: false);
            before = after;
        }
    }
}
