using TsPmo.Model.Calendar;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Flow;

/// <summary>
/// One item's way from creation to Done: the steps at which its start, finish, state or membership changed. What an item looked like as of any
/// instant is found by binary search. Changes of one instant are one change: only what stands after them counts.
/// </summary>
public sealed class FlowLife
{
    private readonly FlowStep[] _steps;
    private readonly string? _stream;

    internal FlowLife(ItemHistory item, Track<bool> counts, WorkingCalendar calendar)
    {
        Item = item;
        CreatedDay = calendar.DayOf(item.Created);
        _stream = item.Project.Entries.Count == 0 ? NameOf(item.Id.Connector, item.Project.Initial) : null;
        _steps = [.. Merge(new FlowWalk(item, calendar).Steps(), counts)];
    }

    /// <summary>The item.</summary>
    public ItemHistory Item { get; }

    /// <summary>The day of its creation in the PMO's zone.</summary>
    public DateOnly CreatedDay { get; }

    /// <summary>Whose work it was as of an instant: connector and tracker project.</summary>
    public string StreamAt(DateTimeOffset instant) => _stream ?? NameOf(Item.Id.Connector, Item.Project.At(instant));

    /// <summary>All steps, oldest first.</summary>
    internal ReadOnlySpan<FlowStep> Steps => _steps;

    /// <summary>How the item stood as of an instant, inclusive; null before its creation.</summary>
    public FlowEntry? At(DateTimeOffset instant)
    {
        int low = 0, high = _steps.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_steps[middle].At <= instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? null : new FlowEntry(this, low - 1);
    }

    private static string NameOf(string connector, string? project) => $"{connector}/{project}";

    private static IEnumerable<FlowStep> Merge(IReadOnlyList<FlowStep> steps, Track<bool> counts)
    {
        var next = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            yield return steps[i] with { Counts = counts.At(steps[i].At) };
            while (next < counts.Entries.Count && counts.Entries[next].At <= steps[i].At)
                next++;
            for (; next < counts.Entries.Count && (i + 1 == steps.Count || counts.Entries[next].At < steps[i + 1].At); next++)
                yield return steps[i] with { At = counts.Entries[next].At, Counts = counts.Entries[next].To };
        }
    }
}
