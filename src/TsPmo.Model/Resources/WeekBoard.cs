using TsPmo.Model.Calendar;

namespace TsPmo.Model.Resources;

/// <summary>Spreads work evenly over the working days that are left for it. Nothing can be done in the past: what is late is to be done at once.</summary>
/// <param name="calendar">Which days are worked.</param>
/// <param name="day">The day asked for, the first on which anything can be done.</param>
/// <param name="weeks">Number of weeks, the week of the day first.</param>
internal sealed class WeekBoard(WorkingCalendar calendar, DateOnly day, int weeks)
{
    private readonly Dictionary<(string Person, int Week), List<LoadShare>> _shares = [];
    private readonly DateOnly _monday = WorkingCalendar.MondayOf(day);

    /// <summary>Hours beyond the last week.</summary>
    public decimal Later { get; private set; }

    /// <summary>The work of a person ("" for nobody) in a week.</summary>
    public IReadOnlyList<LoadShare> Of(string person, int week) => _shares.GetValueOrDefault((person, week), []);

    /// <summary>Places work that has hours and a last day.</summary>
    public void Place(Stretch stretch)
    {
        var hours = stretch.Hours ?? 0;
        var first = stretch.First > day ? stretch.First.Value : day;
        var last = stretch.Last > first ? stretch.Last.Value : first;
        if (calendar.WorkingDaysIn(first, last) is var days && days == 0)
            (first, last, days) = (calendar.OnOrAfter(first), calendar.OnOrAfter(first), 1);
        var placed = 0;
        for (var week = (first.DayNumber - _monday.DayNumber) / 7; week < weeks && _monday.AddDays(7 * week) <= last; week++)
        {
            var monday = _monday.AddDays(7 * week);
            var within = calendar.WorkingDaysIn(first > monday ? first : monday, last < monday.AddDays(6) ? last : monday.AddDays(6));
            if (within > 0)
                Add(stretch, week, hours * within / days);
            placed += within;
        }

        Later += hours * (days - placed) / days;
    }

    private void Add(Stretch stretch, int week, decimal hours)
    {
        var key = (stretch.Person ?? "", week);
        if (!_shares.TryGetValue(key, out var shares))
            _shares[key] = shares = [];
        shares.Add(new(stretch.Item, hours));
    }
}
