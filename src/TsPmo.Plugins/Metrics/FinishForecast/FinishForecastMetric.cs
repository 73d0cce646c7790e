using TsPmo.Model.Contracts;
using TsPmo.Model.Forecasting;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.FinishForecast;

/// <summary>The day by which all remaining work is finished, with 50, 70, 85 and 95 % probability.</summary>
public sealed class FinishForecastMetric : IMetric
{
    private static readonly (ForecastFigure Figure, int Percent)[] Percentiles = [Of(50), Of(70), Of(85), Of(95)];

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [.. Percentiles.Select(p => p.Figure.Metric)];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        instants.SelectMany(asOf => Percentiles.SelectMany(p => p.Figure.Series(history, [asOf], forecast => At(p.Figure.Figure, p.Percent, forecast))));

    private static MetricResult At(Figure figure, int percent, ProjectForecast forecast)
    {
        var asOf = forecast.Status.AsOf;
        if (forecast.Finished is { } finished)
            return (figure with { Method = "Forecast.finished" }).Known(asOf, finished, 0);
        return forecast.DayOf(percent) is { } day
            ? figure.Known(asOf, forecast.DateOf(day), 0)
            : figure.Unknown(asOf, Reason.BeyondHorizon, $"At the pace of the last working days the work is not finished within five years with {percent} %.");
    }

    private static (ForecastFigure Figure, int Percent) Of(int percent) =>
        (new(new($"schedule.finish.p{percent}", $"finish forecast, all work is done by this day with {percent} % probability", "date"), "Forecast.exact"), percent);
}
