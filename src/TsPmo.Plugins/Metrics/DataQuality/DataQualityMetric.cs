using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.DataQuality;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.DataQuality;

/// <summary>How many of the items carry data that figures can be made of; for the project and for each of its connectors.</summary>
public sealed class DataQualityMetric : IMetric
{
    private const int FewestItemsForBand = 5;
    private static readonly BandLimits Limits = new(0.90m, 0.75m);
    private static readonly Figure Figure = new(
        new("quality.data", "data quality, share of items on which nothing is wrong: more is better", "ratio") { Form = new(2, IsPadded: true), Limits = Limits },
        "DQ.cleanItems");

    private static readonly Finding Provisional = new("Provisional", 0, "Trackers do not tell since when a link has stood, and what can no longer be seen may come back.");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants)
    {
        var limits = history.Project.Thresholds.GetValueOrDefault(Figure.Metric.Name, Limits);
        return instants.SelectMany(asOf => At(history.DataQuality.At(asOf), asOf, limits));
    }

    private static IEnumerable<MetricResult> At(QualityStatus status, DateTimeOffset asOf, BandLimits limits) =>
        status.Connectors.Select(connector => Of(status.Of(connector), asOf, limits) with { Subject = connector }).Prepend(Of(status, asOf, limits));

    private static MetricResult Of(QualityStatus status, DateTimeOffset asOf, BandLimits limits)
    {
        if (status.Items == 0)
            return Figure.Unknown(asOf, Reason.NoData, "There is no item that is open or was done within the last 13 weeks.");
        var share = (decimal)status.CleanItems / status.Items;
        return Figure.Known(asOf, share, status.Items) with
        {
            Band = status.Items < FewestItemsForBand ? null : share >= limits.Amber ? Band.Green : share >= limits.Red ? Band.Amber : Band.Red,
            Inputs =
            [
                new("items on which nothing is wrong", status.CleanItems.ToString(CultureInfo.InvariantCulture)),
                new("items", status.Items.ToString(CultureInfo.InvariantCulture)),
                .. status.Findings.Select(f => new MetricInput(f.Finding.Name, f.Finding.Text)),
            ],
            Findings = status.Findings.Any(f => f.IsProvisional) ? [Provisional] : [],
            Evidence = status.Blemished,
        };
    }
}
