using System.Globalization;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Sprints;

/// <summary>A sprint metric: turns what sprints held into results with their findings and the items behind them.</summary>
/// <param name="Metric">What it computes.</param>
/// <param name="Method">Which variant.</param>
public sealed record SprintFigure(MetricDefinition Metric, string Method)
{
    /// <summary>What it computes. It sums estimates of items by sprint and state.</summary>
    public MetricDefinition Metric { get; init; } = Metric with { Needs = DataNeeds.Items | DataNeeds.States | DataNeeds.Estimates | DataNeeds.Sprints };

    /// <summary>Closed sprints that a figure of the whole project looks at.</summary>
    public const int SprintsOfProject = 6;

    private const int FewestForBand = 5;

    private Figure Figure => new(Metric, Method);

    /// <summary>The sprints of each instant, one result each; a reason where no sprint with items of the project has begun.</summary>
    public IEnumerable<MetricResult> PerSprint(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<SprintTruth, MetricResult> answer) =>
        instants.SelectMany(asOf => history.SprintTruths.At(asOf) is { Count: > 0 } truths ? truths.Select(t => Named(answer(t), t, asOf)) : [None(asOf)]);

    /// <summary>The project by its last closed sprints, then each sprint.</summary>
    public IEnumerable<MetricResult> ProjectAndSprints(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<IReadOnlyList<SprintTruth>, MetricResult> answer)
    {
        foreach (var asOf in instants)
        {
            var last = history.SprintTruths.LastClosed(asOf, SprintsOfProject);
            yield return last.Count == 0
                ? Figure.Unknown(asOf, Reason.NoData, "No sprint with items of the project has been closed.")
                : answer(last) with { AsOf = asOf };
            foreach (var truth in history.SprintTruths.At(asOf))
                yield return Named(answer([truth]), truth, asOf);
        }
    }

    /// <summary>One of the sums of a sprint; no value where nothing in it carries an estimate.</summary>
    public MetricResult Sum(SprintTruth truth, Func<SprintSums, decimal> part) => Result([truth], part(truth.Points), [new("by item", Write(part(truth.Items)))], part);

    /// <summary>
    /// One sum over another, of all the sprints: sums first, then the division. The same by item stands beside it. A band from five committed items on, and not while a sprint runs.
    /// </summary>
    public MetricResult Rate(ProjectHistory history, IReadOnlyList<SprintTruth> truths, Func<SprintSums, decimal> part, Func<SprintSums, decimal> whole, string partName)
    {
        var (points, items) = (Total(truths, t => t.Points), Total(truths, t => t.Items));
        MetricInput[] inputs =
        [
            new(partName, Write(part(points)) + " points"),
            new("committed", Write(whole(points)) + " points"),
            new("by item", $"{Write(part(items))} of {Write(whole(items))}"),
        ];
        var result = Result(truths, whole(points) == 0 ? null : part(points) / whole(points), inputs, s => part(s) + whole(s));
        var isTelling = items.Committed >= FewestForBand && truths.All(t => t.Span.IsClosed);
        return result is Measurement { Number: { } value } known && isTelling ? known with { Band = history.Project.LimitsOf(Metric)?.Of(value) } : result;
    }

    /// <summary>A value over sprints, with the items that take part in it behind it. Null: there is nothing to divide by.</summary>
    public MetricResult Result(IReadOnlyList<SprintTruth> truths, decimal? value, IReadOnlyList<MetricInput> inputs, Func<SprintSums, decimal> part)
    {
        var (asOf, n) = (truths[0].Span.Last, truths.Sum(t => t.Entries.Count));
        MetricResult result = !truths.Any(t => t.IsEstimated)
            ? Figure.Unknown(asOf, Reason.NoEstimates, "Nothing in the sprint carries an estimate.", n)
            : value is { } known ? Figure.Known(asOf, known, n) : Figure.Unknown(asOf, Reason.ZeroDenominator, "Nothing was committed to.", n);
        return result with
        {
            Inputs = inputs,
            Findings = [.. SprintTruth.Findings(truths)],
            Evidence = EvidenceOf(truths, part),
        };
    }

    /// <summary>A number as the figures of sprints write it.</summary>
    public static string Write(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private NotMeasurable None(DateTimeOffset asOf) => Figure.Unknown(asOf, Reason.NoData, "No sprint with items of the project has begun.");

    private static MetricResult Named(MetricResult result, SprintTruth truth, DateTimeOffset asOf) => result with { AsOf = asOf, Subject = truth.Sprint.Id.ToString() };

    private static SprintSums Total(IEnumerable<SprintTruth> truths, Func<SprintTruth, SprintSums> of) => truths.Select(of).Aggregate((left, right) => left + right);

    private static MappedList<(SprintTruth Truth, SprintEntry Entry), Evidence> EvidenceOf(IReadOnlyList<SprintTruth> truths, Func<SprintSums, decimal> part) => new(
        () =>
        [
            .. truths.SelectMany(t => t.Entries.Select(e => (Truth: t, Entry: e)))
                .Where(e => part(e.Entry.Items) != 0 || part(e.Entry.Points) != 0)
                .OrderBy(e => e.Entry.Item.Id).ThenBy(e => e.Truth.Sprint.Id),
        ],
        e => new Evidence(e.Entry.Item.Id, $"{e.Truth.Sprint.Name}: {InWords(e.Entry.Points)}", e.Entry.Item.Url));

    private static string InWords(SprintSums sums)
    {
        (string Name, decimal Value)[] parts =
        [
            ("committed", sums.Committed), ("added", sums.Added), ("re-estimated", sums.Reestimated),
            ("removed", sums.Removed), ("completed", sums.Completed), ("remaining", sums.Remaining),
        ];
        return string.Join(", ", parts.Where(p => p.Value != 0).Select(p => $"{Write(p.Value)} {p.Name}").DefaultIfEmpty("no estimate"));
    }
}
