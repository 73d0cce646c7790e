using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Resources;

/// <summary>Work against the time for it, in hours of the same days.</summary>
/// <param name="Load">Hours of work.</param>
/// <param name="Capacity">Hours there are; null where nobody said.</param>
public readonly record struct Occupation(decimal Load, decimal? Capacity)
{
    /// <summary>Name in figures of work that is nobody's yet.</summary>
    public const string Nobody = "unassigned";

    /// <summary>Work over capacity above which it is amber, and above which it is red; this PMO's default.</summary>
    public static BandLimits Limits { get; } = new(1.00m, 1.10m);

    /// <summary>Hours of work for which there is no time; 0 where the capacity is not known.</summary>
    public decimal Overload => Capacity is { } capacity ? Math.Max(0, Load - capacity) : 0;

    /// <summary>The colour that it gives a project: being idle gives none, and work without any time for it is red.</summary>
    public Band BandOf(BandLimits limits) => this switch
    {
        { Load: 0 } => Band.Green,
        { Capacity: null or 0 } => Band.Red,
        { Capacity: { } capacity } => limits.Of(Load / capacity),
    };
}
