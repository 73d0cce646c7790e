using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Flow;
using TsPmo.Model.Forecasting;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.Predictability;

/// <summary>How steady the flow is: what the next 30 days bring almost certainly, against what they bring as likely as not.</summary>
public sealed class PredictabilityMetric : IMetric
{
    private const int Days = 30;
    private static readonly FlowFigure Figure = new(
        new("flow.predictability", "predictability, items of the next 30 days with 95 % probability against those with 50 %, closer to 1 is steadier", "ratio")
        {
            Form = new(2, IsPadded: true),
            Limits = new BandLimits(0.60m, 0.40m),
        },
        "Predictability.exact");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Figure.Series(history, instants, status => At(history, status));

    private static MetricResult At(ProjectHistory history, FlowStatus status)
    {
        var sample = DailySample.Of(status.Counted, history.Calendar, status.Day);
        if (sample.WhyNot("The project") is var (reason, because))
            return Figure.Unknown(status, reason, because);
        var days = history.Calendar.WorkingDaysIn(status.Day.AddDays(1), status.Day.AddDays(Days));
        var totals = new DailyTotals(new DailyChances(sample.Finished), days);
        var (sure, even) = (totals.AtLeast(95), totals.AtLeast(50));
        if (even == 0)
            return Figure.Unknown(status, Reason.ZeroDenominator, "As likely as not the next 30 days bring nothing.");
        FlowEntry[] behind = [.. status.Finished.Where(e => DailySample.Holds(sample.Window, history.Calendar, e))];
        return Figure.Known(status, (decimal)sure / even, behind, Finished) with
        {
            Window = sample.Window,
            Band = BandOf(history.Project, (decimal)sure / even),
            Inputs =
            [
                new("items finished in the last working days", string.Create(CultureInfo.InvariantCulture, $"{sample.FinishedItems} in {sample.Days}")),
                new("working days of the next 30", days.ToString(CultureInfo.InvariantCulture)),
                new("items with 95 %", sure.ToString(CultureInfo.InvariantCulture)),
                new("items with 50 %", even.ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

    /// <summary>Green begins above its limit, not at it.</summary>
    private static Band? BandOf(ProjectDefinition project, decimal value) => project.LimitsOf(Figure.Metric) switch
    {
        null => null,
        { } limits when value == limits.Amber => Band.Amber,
        { } limits => limits.Of(value),
    };

    private static string Finished(FlowEntry entry) => string.Create(CultureInfo.InvariantCulture, $"finished {entry.Step.Finish?.Day:yyyy-MM-dd}");
}
