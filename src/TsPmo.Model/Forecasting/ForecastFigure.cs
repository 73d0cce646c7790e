using System.Globalization;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Forecasting;

/// <summary>A forecast metric: turns the forecast of each instant into a result that says what it was drawn from, how past ones turned out, and which items are behind it.</summary>
/// <param name="Metric">What it computes.</param>
/// <param name="Method">Which variant.</param>
public sealed record ForecastFigure(MetricDefinition Metric, string Method)
{
    /// <summary>What it computes. It counts items by their states.</summary>
    public MetricDefinition Metric { get; init; } = Metric with { Needs = DataNeeds.Items | DataNeeds.States };

    private const int FewestForJudgement = 5;

    /// <summary>The makers of results.</summary>
    public Figure Figure => new(Metric, Method);

    /// <summary>One result per instant, in their order; the forecast's reason where there is none.</summary>
    public IEnumerable<MetricResult> Series(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<ProjectForecast, MetricResult> answer) => instants.Select(asOf =>
    {
        var forecast = history.Forecasts.At(asOf);
        var calibration = history.Forecasts.CalibrationAt(asOf);
        var result = forecast.WhyNot() is var (reason, because) ? Figure.Unknown(asOf, reason, because) : answer(forecast);
        return result with
        {
            N = forecast.Streams.Sum(s => s.Sample.FinishedItems),
            Inputs = new DeferredList<MetricInput>(() => [.. Drawn(forecast), .. history.Forecasts.OutlookAt(asOf), Calibrated(calibration)]),
            Findings = [.. Findings(forecast, calibration)],
            Evidence = result is Measurement ? EvidenceOf(history, forecast) : [],
        };
    });

    /// <summary>A probability as a value: what a double number holds of it.</summary>
    public static decimal Value(double probability) => Math.Round((decimal)probability, 12, MidpointRounding.AwayFromZero);

    private static IEnumerable<MetricInput> Drawn(ProjectForecast forecast) => forecast.Streams.Select(s => new MetricInput(
        s.Name, string.Create(CultureInfo.InvariantCulture, $"{s.Remaining.Count} items left; {s.Sample.FinishedItems} finished in {s.Sample.Days} working days, {s.Sample.Window}")));

    private static MetricInput Calibrated(Calibration calibration) => new("past forecasts with 85 % that came true", calibration.Judged.Count == 0
        ? "none has come due"
        : string.Create(CultureInfo.InvariantCulture, $"{calibration.CameTrue} of {calibration.Judged.Count} that have come due"));

    private static IEnumerable<Finding> Findings(ProjectForecast forecast, Calibration calibration)
    {
        if (forecast.WhyNot() is null && forecast.Streams.Count > 0 && forecast.Streams.Min(s => s.Sample.Days) is var days and < DailySample.Longest)
            yield return new("ShortHistory", 1 - ((decimal)days / DailySample.Longest), string.Create(CultureInfo.InvariantCulture, $"Only {days} of the {DailySample.Longest} working days that forecasts draw from are known."));
        if (calibration.Judged.Count >= FewestForJudgement && calibration.CameTrue * 100 < Calibration.Percent * calibration.Judged.Count)
            yield return new("ForecastsMissed", 0, string.Create(CultureInfo.InvariantCulture, $"Only {calibration.CameTrue} of {calibration.Judged.Count} past forecasts with 85 % came true: these dates are too hopeful."));
    }

    private static MappedList<(FlowEntry Entry, bool IsLeft), Evidence> EvidenceOf(ProjectHistory history, ProjectForecast forecast) =>
        new(() => Behind(history, forecast), e => new Evidence(e.Entry.Item.Id, e.IsLeft ? "left" : string.Create(CultureInfo.InvariantCulture, $"finished {e.Entry.Step.Finish?.Day:yyyy-MM-dd}"), e.Entry.Item.Url));

    private static IReadOnlyList<(FlowEntry Entry, bool IsLeft)> Behind(ProjectHistory history, ProjectForecast forecast)
    {
        var left = forecast.Streams.SelectMany(s => s.Remaining).Select(e => (Entry: e, IsLeft: true));
        var done = forecast.Finished is { } last
            ? forecast.Status.Finished.Where(e => e.Step.Finish?.Day == last)
            : forecast.Streams.SelectMany(s => forecast.Status.Finished.Where(e => e.Life.StreamAt(forecast.Status.AsOf) == s.Name && DailySample.Holds(s.Sample.Window, history.Calendar, e)));
        return [.. left.Concat(done.Select(e => (Entry: e, IsLeft: false))).OrderBy(e => e.Entry.Item.Id)];
    }
}
