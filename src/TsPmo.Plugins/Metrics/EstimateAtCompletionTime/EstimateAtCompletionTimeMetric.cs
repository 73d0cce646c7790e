using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.EstimateAtCompletionTime;

/// <summary>How many working days the project takes in all if it goes on at the speed it has had.</summary>
public sealed class EstimateAtCompletionTimeMetric : IMetric
{
    private static readonly ScheduleFigure Figure = new(
        new MetricDefinition("schedule.ieact", "estimate at completion (time), IEAC(t): working days from the start of the plan to the forecast finish", "working days") { Form = new(1) },
        "IEACt.pd-over-spit",
        ScheduleEvidence.PlannedOrEarned);

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, status => Answer(history, status));

    private static FigureAnswer Answer(ProjectHistory history, ScheduleStatus status)
    {
        MetricInput[] inputs = [status.DurationInput, status.EarnedScheduleInput, status.ActualTimeInput];
        if (status.ActualTime == 0)
            return FigureAnswer.None(Reason.NotStarted, "The project's first working day has not come.", inputs);
        if (status.ForecastDuration is not { } days)
            return FigureAnswer.None(Reason.NoProgress, "Nothing has been earned, so there is no speed to go on with.", inputs);
        return FigureAnswer.Of(days, [.. inputs, Finish(status, "forecast finish", days), Finish(status, "planned finish", status.Duration), .. Alternative(status), .. ByVelocity(history, status)]);
    }

    /// <summary>The other end of the range: what is left is done at the speed of the plan.</summary>
    private static IEnumerable<MetricInput> Alternative(ScheduleStatus status) =>
        status.FinishedAt is null ? [Finish(status, "forecast finish if the rest goes as planned", status.ActualTime + status.Duration - status.EarnedSchedule)] : [];

    /// <summary>AgileEVM counts the scope that was added; the figure itself does not.</summary>
    private static IEnumerable<MetricInput> ByVelocity(ProjectHistory history, ScheduleStatus status) =>
        status.FinishedAt is null && AgileEvm.ReleaseDay(history, status) is { } day
            ? [new("release by AgileEVM, with the scope at the end of the last sprint", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]
            : [];

    private static MetricInput Finish(ScheduleStatus status, string name, decimal days) =>
        new(name, status.DayAfter(days)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "beyond the calendar");
}
