using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Risks;
using TsPmo.Model.Work;

namespace TsPmo.Plugins.Metrics.RiskExposure;

/// <summary>How much is at stake: the sum of probability x impact over the risks that are open.</summary>
public sealed class RiskExposureMetric : IDerivedMetric
{
    private static readonly Figure Figure = new(
        new MetricDefinition("risk.exposure", "exposure to risk, sum of probability x impact over open risks: more is worse", "score") { Form = new(2, IsPadded: true), Limits = RiskScore.Limits },
        "Risk.sum-of-scores");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Figure.Metric];

    /// <inheritdoc/>
    public IReadOnlyList<string> Reads => MetricSignals.Reads;

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Derive(ProjectHistory history, IReadOnlyList<Evaluation> evaluations)
    {
        var register = new RiskRegister(history);
        var limits = history.Project.LimitsOf(Figure.Metric) ?? RiskScore.Limits;
        return evaluations.Select(e => At(history, e.AsOf, register.KeptAt(e.AsOf, e.Results), limits));
    }

    private static MetricResult At(ProjectHistory history, DateTimeOffset asOf, IReadOnlyList<Risk> kept, BandLimits limits)
    {
        Risk[] open = [.. kept.Where(r => r.IsOpen)];
        Risk[] scored = [.. open.Where(r => r.Score is not null)];
        return Outcome(asOf, kept, open, scored, limits) with
        {
            Inputs =
            [
                new("open risks", Count(open.Length)), new("of them assessed", Count(scored.Length)),
                .. scored.Select(r => new MetricInput(r.Id, string.Create(CultureInfo.InvariantCulture, $"probability {r.Probability} x impact {r.Impact} = {r.Score}"))),
            ],
            Evidence = new DeferredList<Evidence>(() => Items(history, kept)),
        };
    }

    private static MetricResult Outcome(DateTimeOffset asOf, IReadOnlyList<Risk> kept, Risk[] open, Risk[] scored, BandLimits limits)
    {
        if (kept.Count == 0)
            return Figure.Unknown(asOf, Reason.NoData, "Nobody keeps a register of risks: there is no item of the kind Risk, and no proposal has been accepted.");
        if (open.Length > 0 && scored.Length == 0)
            return Figure.Unknown(asOf, Reason.NoData, $"Of {open.Length} open risks none has been assessed (probability and impact).", open.Length);
        var worst = scored.Select(r => limits.Of(r.Score ?? 0)).DefaultIfEmpty(Band.Green).Max();
        return Figure.Known(asOf, scored.Sum(r => r.Score ?? 0), scored.Length) with
        {
            Band = worst,
            Findings = scored.Length == open.Length ? [] : [new Finding("UnassessedRisks", (decimal)(open.Length - scored.Length) / open.Length, $"{open.Length - scored.Length} of {open.Length} open risks have no probability and impact and are not in the sum.")],
        };
    }

    private static List<Evidence> Items(ProjectHistory history, IReadOnlyList<Risk> kept)
    {
        var byId = history.Items.ToDictionary(i => i.Item.Id.ToString(), StringComparer.Ordinal);
        return [.. kept.SelectMany(r => r.Sources.Select(s => (Risk: r, Item: byId.GetValueOrDefault(s)?.Item)))
            .Where(r => r.Item is not null)
            .Select(r => new Evidence(r.Item?.Id ?? default, $"{r.Risk.Status.ToString().ToLowerInvariant()} risk{(r.Risk.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $", score {score}") : "")}", r.Item?.Url))
            .DistinctBy(e => e.Id).OrderBy(e => e.Id)];
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
