using TsPmo.Model.Calendar;
using TsPmo.Model.Flow;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Forecasting;

/// <summary>
/// What was finished, and what arrived, on each of the last working days before an instant: the history that forecasts draw from. Days without anything are in it,
/// holidays and week ends are not; what happened on them is booked on the next working day. The day of the instant is left out, because it is not over.
/// </summary>
public sealed class DailySample
{
    /// <summary>Working days looked at.</summary>
    public const int Longest = 60;

    /// <summary>Fewer working days say too little.</summary>
    public const int FewestDays = 20;

    /// <summary>Fewer finished items say too little.</summary>
    public const int FewestItems = 5;

    private readonly int[] _finished;
    private readonly int[] _arrived;

    private DailySample(DateWindow window, int[] finished, int[] arrived) => (Window, _finished, _arrived) = (window, finished, arrived);

    /// <summary>From the first to the last of the days.</summary>
    public DateWindow Window { get; }

    /// <summary>Items finished by day, oldest first.</summary>
    public IReadOnlyList<int> Finished => _finished;

    /// <summary>Items created by day, oldest first.</summary>
    public IReadOnlyList<int> Arrived => _arrived;

    /// <summary>Number of working days.</summary>
    public int Days => _finished.Length;

    /// <summary>Items finished in all.</summary>
    public int FinishedItems => _finished.Sum();

    /// <summary>Why nothing can be forecast from it, with a sentence for people; null when something can.</summary>
    /// <param name="whose">Whose days they are, as the sentence's subject.</param>
    public (Reason Reason, string Because)? WhyNot(string whose) => this switch
    {
        { Days: < FewestDays } => (Reason.TooFewSamples, $"{whose} has {Days} complete working days of history; a forecast needs {FewestDays}."),
        { FinishedItems: 0 } => (Reason.NoThroughput, $"{whose} finished nothing in the last {Days} working days."),
        { FinishedItems: < FewestItems } => (Reason.TooFewSamples, $"{whose} finished {FinishedItems} items in the last {Days} working days; a forecast needs {FewestItems}."),
        _ => null,
    };

    /// <summary>Whether an item was finished on one of the days.</summary>
    public static bool Holds(DateWindow window, WorkingCalendar calendar, FlowEntry entry) =>
        entry.Step.Finish is { } finish && finish.Day >= window.First.AddDays(-Longest) && window.Contains(calendar.OnOrAfter(finish.Day));

    /// <summary>The sample of some items before a day, from the working day on which the first of them was created.</summary>
    public static DailySample Of(IReadOnlyCollection<FlowEntry> items, WorkingCalendar calendar, DateOnly day)
    {
        var last = calendar.AddWorkingDays(day, -1);
        var longest = calendar.AddWorkingDays(day, -Longest);
        var first = items.Count == 0 ? day : calendar.OnOrAfter(items.Min(i => i.Life.CreatedDay));
        var window = new DateWindow(first > longest ? first : longest, last);
        var days = calendar.WorkingDaysIn(window.First, window.Last);
        var sample = new DailySample(window, new int[days], new int[days]);
        foreach (var item in items)
        {
            if (item.Step.Finish is { } finish)
                sample.Book(sample._finished, calendar, finish.Day);
            sample.Book(sample._arrived, calendar, item.Life.CreatedDay);
        }

        return sample;
    }

    /// <summary>A sample by its counts alone.</summary>
    /// <param name="finished">Items finished by day, oldest first.</param>
    /// <param name="arrived">Items created by day; none where it is not given.</param>
    public static DailySample Of(int[] finished, int[]? arrived = null) => new(default, finished, arrived ?? new int[finished.Length]);

    private void Book(int[] counts, WorkingCalendar calendar, DateOnly day)
    {
        if (day > Window.Last || day.DayNumber < Window.First.DayNumber - Longest)
            return;
        var booked = calendar.OnOrAfter(day);
        if (Window.Contains(booked))
            counts[calendar.WorkingDaysIn(Window.First, booked) - 1]++;
    }
}
