using TsPmo.Model.Calendar;

namespace TsPmo.Model.Forecasting;

/// <summary>
/// A forecast made at the end of a week, of which the day it named is looked for no further than it matters: most forecasts of a long project name a day that is
/// still to come, and those are not judged. What was found out for one day is not computed again for a later one.
/// </summary>
internal sealed class PendingForecast
{
    private readonly DateOnly _madeOn;
    private readonly WorkingCalendar _calendar;
    private readonly IReadOnlyList<CompletionDays> _completions;
    private readonly IReadOnlyList<(string Stream, int Items)> _items;

    /// <summary>Keeps of the streams what the forecast needs, and none of their items.</summary>
    public PendingForecast(DateOnly madeOn, IReadOnlyList<ForecastStream> streams, WorkingCalendar calendar)
    {
        (_madeOn, _calendar) = (madeOn, calendar);
        _completions = [.. streams.Select(s => s.Completion)];
        _items = [.. streams.Select(s => (s.Name, s.Remaining.Count))];
    }

    /// <summary>The forecast with the day it named; null where that is not before a day.</summary>
    public PastForecast? DueBefore(DateOnly day)
    {
        var last = _calendar.WorkingDaysIn(_madeOn.AddDays(1), day.AddDays(-1));
        if (!_completions.All(c => c.MayReach(Calibration.Percent / 100.0, last)))
            return null;
        return ProjectForecast.FirstDay(Calibration.Percent, By, last) is { } due ? new(_madeOn, _calendar.AddWorkingDays(_madeOn, due), _items) : null;
    }

    private double By(int day) => ProjectForecast.Jointly(_completions.Select(c => c.By(day)));
}
