using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Quality;

namespace TsPmo.Plugins.Metrics.EscapeRate;

/// <summary>The share of defects that were found in production.</summary>
public sealed class EscapeRateMetric : IMetric
{
    private static readonly TimeSpan Young = TimeSpan.FromDays(30);

    private static readonly ShareFigure Figure = new(
        new Figure(ShareFigure.Definition("quality.escapeRate", "defect escape rate, share of defects found in production: less is better", new(0.05m, 0.15m)) with { Needs = DataNeeds.Items }, "DER.labels"),
        "defects found in production",
        "defects of which it is known where they were found",
        "No defect was found in the days looked at of which a label says where.");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        Figure.Series(history, instants, (asOf, window) => Of(history.Defects.FoundIn(window, asOf), asOf));

    private static Share Of(IReadOnlyList<ItemHistory> all, DateTimeOffset asOf)
    {
        var known = all.Where(b => Defects.PhaseOf(b, asOf) != FoundIn.Unknown).ToList();
        var escaped = known.Count(b => Defects.PhaseOf(b, asOf) == FoundIn.Production);
        return new(escaped, known.Count, known.Count)
        {
            Inputs = [new("defects of which nothing says where they were found", all.Count - known.Count)],
            Findings = [.. Findings(all, known, asOf)],
            Evidence = Defects.Behind(known, b => $"found in {Defects.PhaseOf(b, asOf).ToString().ToLowerInvariant()}"),
        };
    }

    private static IEnumerable<Finding> Findings(IReadOnlyList<ItemHistory> all, List<ItemHistory> known, DateTimeOffset asOf)
    {
        var unknown = all.Count - known.Count;
        if (unknown > 0)
            yield return new("UnknownPhase", (decimal)unknown / all.Count, $"No label says of {unknown} of {all.Count} defects where they were found; they are left out.");
        var young = known.Count(b => asOf - b.Created < Young);
        if (young > 0)
            yield return new("Provisional", (decimal)young / known.Count, $"{young} of {known.Count} defects were found in the last 30 days; more of what was delivered then may still show in production.");
    }
}
