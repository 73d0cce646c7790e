using TsPmo.Model.Calendar;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Flow;

/// <summary>
/// How a project's flow stood as of an instant: the items that flow counted then, by where they stood. Lists are in the order of the history, and made when they are first
/// asked for, because each figure looks at few of them.
/// </summary>
public sealed class FlowStatus
{
    /// <summary>The trailing complete weeks that flow looks at.</summary>
    public const int Weeks = 13;

    internal FlowStatus(IReadOnlyList<FlowLife> lives, WorkingCalendar calendar, DateTimeOffset asOf)
    {
        AsOf = asOf;
        Day = calendar.DayOf(asOf);
        Window = calendar.CompleteWeeksBefore(asOf, Weeks);
        var counted = new List<FlowEntry>(lives.Count);
        foreach (var life in lives)
        {
            if (life.At(asOf) is not { } entry || !entry.Step.Counts)
                continue;
            counted.Add(entry);
            FirstCreated = FirstCreated is { } first && first <= life.CreatedDay ? first : life.CreatedDay;
        }

        Counted = counted;
    }

    /// <summary>The instant, inclusive.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>Its day in the PMO's zone.</summary>
    public DateOnly Day { get; }

    /// <summary>The trailing 13 complete Monday weeks before it.</summary>
    public DateWindow Window { get; }

    /// <summary>The day on which the first item was created; null where there is none.</summary>
    public DateOnly? FirstCreated { get; }

    /// <summary>Every item that flow counted.</summary>
    public IReadOnlyList<FlowEntry> Counted { get; }

    /// <summary>Every item delivered so far.</summary>
    public IReadOnlyList<FlowEntry> Finished => field ??= [.. Counted.Where(e => e.IsFinished)];

    /// <summary>Items delivered in the window.</summary>
    public IReadOnlyList<FlowEntry> FinishedInWindow => field ??= [.. Finished.Where(e => e.Step.Finish is { } finish && Window.Contains(finish.Day))];

    /// <summary>Items with work left, begun or not.</summary>
    public IReadOnlyList<FlowEntry> Open => field ??= [.. Counted.Where(e => e.IsOpen)];

    /// <summary>Items begun and neither delivered nor given up: the work in progress.</summary>
    public IReadOnlyList<FlowEntry> InProcess => field ??= [.. Open.Where(e => e.IsInProcess)];

    /// <summary>Items created in the window.</summary>
    public IReadOnlyList<FlowEntry> Arrived => field ??= [.. Counted.Where(e => Window.Contains(e.Life.CreatedDay))];

    /// <summary>
    /// Work in progress on each day of a window: items whose start lies on or before the day and whose finish lies on or after it, or is yet to come.
    /// By the same days as cycle time, so that the sum over the days is the sum of the days the items spent in it (Little's law on the sample path).
    /// </summary>
    public IReadOnlyList<int> InProcessByDay(DateWindow window)
    {
        var changes = new int[window.Days + 1];
        foreach (var entry in Counted)
        {
            if (!entry.IsFinished && !entry.IsInProcess)
                continue;
            var first = Math.Max(0, DayIn(window, entry.Step.Start?.Day ?? DateOnly.MaxValue));
            var after = Math.Min(window.Days, DayIn(window, entry.Step.Finish?.Day ?? window.Last) + 1);
            if (after <= first)
                continue;
            changes[first]++;
            changes[after]--;
        }

        var counts = new int[window.Days];
        for (int day = 0, count = 0; day < counts.Length; day++)
            counts[day] = count += changes[day];
        return counts;
    }

    /// <summary>The number of a day within a window; -1 before it, the number of its days after it.</summary>
    private static int DayIn(DateWindow window, DateOnly day) => Math.Clamp(day.DayNumber - window.First.DayNumber, -1, window.Days);
}
