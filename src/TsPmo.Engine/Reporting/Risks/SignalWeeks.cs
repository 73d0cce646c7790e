using TsPmo.Model.Calendar;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Risks;

namespace TsPmo.Engine.Reporting.Risks;

/// <summary>When signals of a whole project began: its figures at the ends of the last half year's weeks, computed when first asked for.</summary>
internal sealed class SignalWeeks(MetricSet metrics, ProjectHistory history, DateTimeOffset asOf)
{
    private const int Weeks = 26;

    private readonly DateOnly _monday = WorkingCalendar.MondayOf(history.Calendar.DayOf(asOf));
    private HashSet<string>[]? _seen;

    /// <summary>Begin of the week after the last one at whose end the signal was not there.</summary>
    public DateTimeOffset Began(string kind)
    {
        _seen ??= Seen();
        return Begin(_seen.TakeWhile(week => week.Contains(kind)).Count());
    }

    private HashSet<string>[] Seen()
    {
        DateTimeOffset[] ends = [.. Enumerable.Range(0, Weeks).Select(week => Begin(week).AddMilliseconds(-1))];
        var byInstant = new ProjectSweep(metrics, history) { Failed = (_, _) => { } }.Results(ends).ToLookup(r => r.AsOf);
        return [.. ends.Select(end => MetricSignals.Of(new ResultSet(byInstant[end]), _ => end).Select(s => s.Kind).ToHashSet(StringComparer.Ordinal))];
    }

    private DateTimeOffset Begin(int weeksBack) => history.Calendar.StartOf(_monday.AddDays(-7 * weeksBack));
}
