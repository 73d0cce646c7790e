using TsPmo.Model.Calendar;
using TsPmo.Model.Flow;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Forecasting;

/// <summary>
/// When all of a project's remaining items are finished, as seen at an instant. Independent streams must all finish: the probabilities are multiplied. Days are working days
/// after the day of the instant.
/// </summary>
public sealed class ProjectForecast
{
    private const int HorizonYears = 5;

    /// <summary>Sums of double numbers differ from the exact probability by less than this.</summary>
    private const double Rounding = 1e-12;

    private readonly WorkingCalendar _calendar;

    internal ProjectForecast(FlowStatus status, WorkingCalendar calendar)
    {
        (Status, _calendar) = (status, calendar);
        Streams = [.. ByStream(status).Select(s => new ForecastStream(s.Key, s.Value, calendar, status.Day)).Where(s => s.Remaining.Count > 0)];
        Horizon = calendar.WorkingDaysIn(status.Day.AddDays(1), status.Day.AddYears(HorizonYears));
    }

    private ProjectForecast(ProjectForecast whole, IReadOnlyList<ForecastStream> streams)
    {
        (Status, _calendar, Horizon) = (whole.Status, whole._calendar, whole.Horizon);
        Streams = streams;
    }

    /// <summary>The flow it stands on.</summary>
    public FlowStatus Status { get; }

    /// <summary>Streams with work left, ordered by name; none when everything is finished.</summary>
    public IReadOnlyList<ForecastStream> Streams { get; }

    /// <summary>Working days within five years.</summary>
    public int Horizon { get; }

    /// <summary>The day by which some of the items are finished with a probability, if each team does those first; null where none of them is left, or too little is known.</summary>
    public DateOnly? FinishOf(Func<FlowEntry, bool> belongs, int percent)
    {
        var part = new ProjectForecast(this, [.. Streams.Select(s => s.Of(belongs)).Where(s => s.Remaining.Count > 0)]);
        return part.Streams.Count > 0 && part.WhyNot() is null && part.DayOf(percent) is { } day ? part.DateOf(day) : null;
    }

    /// <summary>The day on which the last item was finished, where nothing is left; null where something is, or nothing ever was finished.</summary>
    public DateOnly? Finished => Streams.Count == 0 && Status.Finished.Count > 0 ? Status.Finished.Max(e => e.Step.Finish.GetValueOrDefault().Day) : null;

    /// <summary>Why there is no forecast, with a sentence for people; null when there is one, or everything is finished.</summary>
    public (Reason Reason, string Because)? WhyNot() =>
        Streams.Count == 0 && Finished is null ? (Reason.NoData, "The project holds no item to finish and finished none.") : Streams.Select(s => s.WhyNot()).FirstOrDefault(w => w is not null);

    /// <summary>The first day by which everything is finished with at least a probability; null where it lies beyond the horizon.</summary>
    public int? DayOf(int percent) => FirstDay(percent, By);

    /// <summary>The same if the streams depended on each other wholly, so that only the slowest counts: a bound that is never exceeded, and too hopeful.</summary>
    public int? OptimisticDayOf(int percent) => FirstDay(percent, day => Streams.Min(s => s.Completion.By(day)));

    /// <summary>Probability that everything is finished by the end of a working day.</summary>
    public double By(int day) => Jointly(Streams.Select(s => s.Completion.By(day)));

    /// <summary>Probability that all of some independent things have happened: the product. Never the worst one, never a sum.</summary>
    public static double Jointly(IEnumerable<double> chances) => chances.Aggregate(1.0, (product, chance) => product * chance);

    /// <summary>Probability that everything is finished by the end of a calendar day.</summary>
    public double ByDate(DateOnly date) => By(_calendar.WorkingDaysIn(Status.Day.AddDays(1), date));

    /// <summary>The calendar day of a working day.</summary>
    public DateOnly DateOf(int day) => _calendar.AddWorkingDays(Status.Day, day);

    /// <summary>The first day up to a last one on which a probability is reached; null where none does.</summary>
    internal static int? FirstDay(int percent, Func<int, double> by, int last)
    {
        for (var day = 0; day <= last; day++)
        {
            if (by(day) >= (percent / 100.0) - Rounding)
                return day;
        }

        return null;
    }

    private int? FirstDay(int percent, Func<int, double> by) => FirstDay(percent, by, Horizon);

    private static SortedDictionary<string, List<FlowEntry>> ByStream(FlowStatus status)
    {
        var streams = new SortedDictionary<string, List<FlowEntry>>(StringComparer.Ordinal);
        var (name, items) = ("", new List<FlowEntry>());
        foreach (var entry in status.Counted)
        {
            // Most items lie beside others of their own stream.
            var own = entry.Life.StreamAt(status.AsOf);
            if (own != name)
                (name, items) = (own, streams.TryGetValue(own, out var known) ? known : streams[own] = []);
            items.Add(entry);
        }

        return streams;
    }
}
