using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.Forecasting;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.ForecastCalibration;

/// <summary>How often what past forecasts said with 85 % came true.</summary>
public sealed class ForecastCalibrationMetric : IMetric
{
    private static readonly FlowFigure Figure = new(
        new("schedule.calibration.p85", "calibration, share of past forecasts with 85 % that came true; 0.85 is exact, less is too hopeful", "ratio")
        {
            Form = new(2, IsPadded: true) { Neutral = 0.85m, Above = "cautious", Below = "too hopeful", Even = "exact" },
        },
        "Calibration.weekly");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => At(history.Forecasts.CalibrationAt(status.AsOf), status));

    private static MetricResult At(Calibration calibration, FlowStatus status)
    {
        if (calibration.Judged.Count == 0)
            return Figure.Unknown(status, Reason.TooFewSamples, "No forecast of a past week has come due.");
        var (first, last) = (calibration.Judged[0].MadeOn, calibration.Judged[^1].MadeOn);
        FlowEntry[] behind = [.. status.Finished.Where(e => e.Step.Finish is { } finish && finish.Day > first.AddDays(-2 * DailySample.Longest))];
        return Figure.Known(status, (decimal)calibration.CameTrue / calibration.Judged.Count, behind, Finished) with
        {
            N = calibration.Judged.Count,
            Window = new DateWindow(first, last),
            Inputs =
            [
                new("forecasts of past weeks that have come due", calibration.Judged.Count.ToString(CultureInfo.InvariantCulture)),
                new("came true", calibration.CameTrue.ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

    private static string Finished(FlowEntry entry) => string.Create(CultureInfo.InvariantCulture, $"finished {entry.Step.Finish?.Day:yyyy-MM-dd}");
}
