using TsPmo.Model.Governance;

namespace TsPmo.Model.Risks;

/// <summary>Probability x impact on the numeric scales of the PMBOK guide (4th edition, figure 11-10): probability 0 to 1, impact 0 to 1.</summary>
public static class RiskScore
{
    /// <summary>Score above which a risk is amber, and above which it is red; with the two decimals of a score that is from 0.06 and from 0.18. An organisation sets its own.</summary>
    public static BandLimits Limits { get; } = new(0.05m, 0.17m);

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
}
