using System.Collections.Concurrent;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Forecasting;

/// <summary>
/// The forecasts of a project: that of each instant asked for, and those that would have been made at the end of each week. Every forecast metric reads the same ones,
/// through <see cref="ProjectHistory.Forecasts"/>.
/// </summary>
public sealed class ForecastBasis
{
    private readonly ProjectHistory _history;
    private readonly ConcurrentDictionary<DateTimeOffset, ProjectForecast> _forecasts = new();
    private readonly ConcurrentDictionary<DateOnly, PendingForecast?> _past = new();
    private readonly ConcurrentDictionary<DateTimeOffset, Calibration> _calibrations = new();
    private readonly ConcurrentDictionary<DateTimeOffset, IReadOnlyList<MetricInput>> _outlooks = new();

    private ForecastBasis(ProjectHistory history) => _history = history;

    /// <summary>The forecasts of a history.</summary>
    public static ForecastBasis From(ProjectHistory history) => new(history);

    /// <summary>The forecast made at an instant.</summary>
    public ProjectForecast At(DateTimeOffset asOf) => _forecasts.GetOrAdd(asOf, static (at, basis) => new ProjectForecast(basis._history.Flow.At(at), basis._history.Calendar), this);

    /// <summary>The same for one who asks about many instants: it is not kept.</summary>
    internal ProjectForecast LookAt(DateTimeOffset asOf) => new(_history.Flow.LookAt(asOf), _history.Calendar);

    /// <summary>How the forecasts of the weeks before an instant turned out.</summary>
    public Calibration CalibrationAt(DateTimeOffset asOf) => _calibrations.GetOrAdd(asOf, static (at, basis) => basis.Judge(at), this);

    /// <summary>The forecast made at an instant under other assumptions, simulated once, when somebody looks at it.</summary>
    internal IReadOnlyList<MetricInput> OutlookAt(DateTimeOffset asOf) =>
        _outlooks.GetOrAdd(asOf, static (at, basis) => new DeferredList<MetricInput>(() => [.. new ForecastOutlook(basis._history, basis.At(at)).Inputs()]), this);

    private Calibration Judge(DateTimeOffset asOf)
    {
        var status = _history.Flow.At(asOf);
        var lastSunday = _history.Calendar.CompleteWeeksBefore(asOf, 1).Last;
        var past = Enumerable.Range(0, Calibration.Weeks)
            .Select(week => _past.GetOrAdd(lastSunday.AddDays(-7 * week), static (sunday, basis) => basis.MadeOn(sunday), this))
            .Select(pending => pending?.DueBefore(status.Day))
            .OfType<PastForecast>();
        return new Calibration(status, [.. past]);
    }

    /// <summary>The forecast at the end of a Sunday; null where there was none to be made.</summary>
    private PendingForecast? MadeOn(DateOnly sunday)
    {
        var asOf = _history.Calendar.EndOf(sunday).AddTicks(-1);
        var forecast = LookAt(asOf);
        return forecast.Streams.Count > 0 && forecast.WhyNot() is null ? new(sunday, forecast.Streams, _history.Calendar) : null;
    }
}
