using TsPmo.Model.Measuring;

namespace TsPmo.Model.Quality;

/// <summary>A part of a whole, with what stands behind it.</summary>
/// <param name="Part">The part, in the unit of the whole.</param>
/// <param name="Whole">The whole.</param>
/// <param name="N">Number of inputs counted.</param>
public sealed record Share(decimal Part, decimal Whole, int N)
{
    /// <summary>Further inputs, after part and whole.</summary>
    public IReadOnlyList<MetricInput> Inputs { get; init; } = [];

    /// <summary>What was found on the inputs.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What stands behind it, ordered by id.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
}

/// <summary>A metric that is a share of a whole.</summary>
/// <param name="Figure">What it computes.</param>
/// <param name="PartName">What the part counts.</param>
/// <param name="WholeName">What the whole counts.</param>
/// <param name="Nothing">Why there is no value where the whole is nothing, in a sentence.</param>
public sealed record ShareFigure(Figure Figure, string PartName, string WholeName, string Nothing)
{
    private const int TrailingWeeks = 13;

    /// <summary>Inputs below which a band would say more than is known.</summary>
    public int FewestForBand { get; init; } = 5;

    /// <summary>How a share is written, with what lies on its good side in the label.</summary>
    public static MetricDefinition Definition(string name, string label, Governance.BandLimits? limits = null) =>
        new(name, label, "ratio") { Form = new(1) { IsShare = true }, Limits = limits };

    /// <summary>One result per instant, over the 13 complete weeks before its week.</summary>
    public IEnumerable<MetricResult> Series(History.ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<DateTimeOffset, DateWindow, Share> share)
    {
        foreach (var asOf in instants)
        {
            var window = history.Calendar.CompleteWeeksBefore(asOf, TrailingWeeks);
            yield return Result(history, asOf, share(asOf, window)) with { Window = window };
        }
    }

    private MetricResult Result(History.ProjectHistory history, DateTimeOffset asOf, Share share)
    {
        MetricResult result = share.Whole > 0
            ? Known(history, asOf, share, share.Part / share.Whole)
            : Figure.Unknown(asOf, Reason.NoData, Nothing, share.N);
        return result with
        {
            Inputs = [new(PartName, (long)share.Part), new(WholeName, (long)share.Whole), .. share.Inputs],
            Findings = share.Findings,
            Evidence = share.Evidence,
        };
    }

    private Measurement Known(History.ProjectHistory history, DateTimeOffset asOf, Share share, decimal value) => Figure.Known(asOf, value, share.N) with
    {
        Band = share.N < FewestForBand ? null : history.Project.LimitsOf(Figure.Metric)?.Of(value),
    };
}
