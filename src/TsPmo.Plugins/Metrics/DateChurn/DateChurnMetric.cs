using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.DateChurn;

/// <summary>How often planned finishes of items and promised dates of milestones were moved since the baseline.</summary>
public sealed class DateChurnMetric : IMetric
{
    private static readonly MetricDefinition Definition = new("schedule.dateChurn", "date churn: moves of planned finishes since the baseline", "moves") { Form = new(0) };
    private static readonly BaselineFigure OfItems = new(Definition, "dateChurn.moves-since-baseline");
    private static readonly BaselineFigure OfMilestone = new(Definition, "dateChurn.milestone");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Definition];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => instants.SelectMany(asOf =>
        OfItems.Series(history, [asOf], (basis, at) => Answer(history, basis.DateMoves, at)).Concat(OfMilestones(history, asOf)));

    private static IEnumerable<MetricResult> OfMilestones(ProjectHistory history, DateTimeOffset asOf) =>
        from milestone in history.Promises.At(asOf).Known.Select(m => m.Milestone).OfType<Milestone>()
        from result in OfMilestone.Series(history, [asOf], (basis, at) => Answer(history, milestone, basis.Baseline, at))
        select result with { Subject = milestone.Id.ToString() };

    private static FigureAnswer Answer(ProjectHistory history, DateMoves moves, DateTimeOffset asOf) =>
        FigureAnswer.Of(moves.Count(asOf), Slip(moves.Slip(asOf))) with { Evidence = () => Behind(history, moves.UpTo(asOf)) };

    private static FigureAnswer Answer(ProjectHistory history, Milestone milestone, Baseline baseline, DateTimeOffset asOf)
    {
        var moves = new DateMoves(milestone, baseline);
        return Answer(history, moves, asOf) with { N = 1, Remarks = Unwatched(milestone, baseline, asOf) };
    }

    /// <summary>Moves before they were noticed are not known: the part of the time since the baseline that was not watched.</summary>
    private static IReadOnlyList<Finding> Unwatched(Milestone milestone, Baseline baseline, DateTimeOffset asOf)
    {
        var (since, whole) = (milestone.DatesSince is { } s && s < asOf ? s : asOf, asOf - baseline.CapturedAt);
        if (milestone.KnowsDateAt(baseline.CapturedAt) || whole <= TimeSpan.Zero)
            return [];
        return [new Finding("DatesNotHistorical", (decimal)(since - baseline.CapturedAt).Ticks / whole.Ticks, "Trackers do not tell former dates of a milestone; moves before it was first seen are not known.")];
    }

    private static MetricInput Slip(decimal days) => new("working days of all moves to later days", days.ToString(CultureInfo.InvariantCulture));

    private static IReadOnlyList<Evidence> Behind(ProjectHistory history, IEnumerable<DateMove> moves) =>
        [.. moves.GroupBy(m => m.Of).Select(m => new Evidence(m.Key, string.Join("; ", m.Select(Words)), history.ById.GetValueOrDefault(m.Key)?.Item.Url))];

    private static string Words(DateMove move) => move.To is { } to
        ? string.Create(CultureInfo.InvariantCulture, $"moved from {move.From:yyyy-MM-dd} to {to:yyyy-MM-dd}")
        : string.Create(CultureInfo.InvariantCulture, $"{move.From:yyyy-MM-dd} was taken away");
}
