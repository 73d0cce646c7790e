using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.DateChurn;

/// <summary>How often planned finishes were moved since the baseline.</summary>
public sealed class DateChurnMetric : IMetric
{
    private static readonly BaselineFigure Figure = new(
        new MetricDefinition("schedule.dateChurn", "date churn: moves of planned finishes since the baseline", "moves") { Form = new(0) },
        "dateChurn.moves-since-baseline");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (basis, asOf) => Answer(history, basis, asOf));

    private static FigureAnswer Answer(ProjectHistory history, BaselineBasis basis, DateTimeOffset asOf) => FigureAnswer.Of(
        basis.DateMoves.Count(asOf),
        new MetricInput("working days of all moves to later days", basis.DateMoves.Slip(asOf).ToString(CultureInfo.InvariantCulture))) with
    {
        Evidence = () => Behind(history, basis, asOf),
    };

    private static IReadOnlyList<Evidence> Behind(ProjectHistory history, BaselineBasis basis, DateTimeOffset asOf)
    {
        var urls = history.Items.ToDictionary(i => i.Item.Id, i => i.Item.Url);
        return [.. basis.DateMoves.UpTo(asOf).GroupBy(m => m.Of).Select(moves => new Evidence(moves.Key, string.Join("; ", moves.Select(Words)), urls.GetValueOrDefault(moves.Key)))];
    }

    private static string Words(DateMove move) => move.To is { } to
        ? string.Create(CultureInfo.InvariantCulture, $"moved from {move.From:yyyy-MM-dd} to {to:yyyy-MM-dd}")
        : string.Create(CultureInfo.InvariantCulture, $"{move.From:yyyy-MM-dd} was taken away");
}
