using TsPmo.Model.Measuring;

namespace TsPmo.Model.Risks;

/// <summary>Probability x impact on the numeric scales of the PMBOK guide (4th edition, figure 11-10): probability 0 to 1, impact 0 to 1.</summary>
public static class RiskScore
{
    /// <summary>Score from which a risk is amber, and from which it is red; an organisation sets its own.</summary>
    public static Governance.BandLimits Limits { get; } = new(0.06m, 0.18m);

    /// <summary>The score, two decimals, halves up as the published table has them (0.025 is 0.03).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not between 0 and 1.</exception>
    public static decimal Of(decimal probability, decimal impact)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(impact, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(impact, 1);
        return decimal.Round(probability * impact, 2, MidpointRounding.AwayFromZero);
    }

    /// <summary>The band of one risk's score.</summary>
    public static Band BandOf(decimal score, Governance.BandLimits limits) => score >= limits.Red ? Band.Red : score >= limits.Amber ? Band.Amber : Band.Green;
}
