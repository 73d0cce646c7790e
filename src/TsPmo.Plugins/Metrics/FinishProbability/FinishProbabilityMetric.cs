using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Forecasting;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.FinishProbability;

/// <summary>How likely all remaining work is finished by the plan's last day.</summary>
public sealed class FinishProbabilityMetric : IMetric
{
    private static readonly ForecastFigure Figure = new(
        new("schedule.finishProbability", "probability that all work is done by the planned finish", "ratio")
        {
            Form = new(2, IsPadded: true),
            Limits = new BandLimits(0.85m, 0.50m),
        },
        "Forecast.exact");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, forecast => At(history.Project, forecast));

    private static MetricResult At(ProjectDefinition project, ProjectForecast forecast)
    {
        var asOf = forecast.Status.AsOf;
        if (project.Plan.Finish is not { } due)
            return Figure.Figure.Unknown(asOf, Reason.NotConfigured, "The project's plan names no finish (Plan.Finish).");
        var value = forecast.Finished is { } finished ? finished <= due ? 1 : 0 : ForecastFigure.Value(forecast.ByDate(due));
        var known = Figure.Figure.Known(asOf, value, 0);
        return known with { Band = project.LimitsOf(Figure.Metric)?.Of(value), Text = string.Create(CultureInfo.InvariantCulture, $"{known.Text} (by {due:yyyy-MM-dd})") };
    }
}
