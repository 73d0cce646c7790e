using TsPmo.Model.Measuring;

namespace TsPmo.Model.Delivery;

/// <summary>Where a figure of delivery lies among the clusters that DORA's surveys found. Less is better.</summary>
/// <param name="Elite">Limit of the best cluster.</param>
/// <param name="High">Limit of the second.</param>
/// <param name="Medium">Limit of the third.</param>
/// <param name="IsInclusive">Whether a limit itself still belongs to its cluster.</param>
public sealed record Clusters(decimal Elite, decimal High, decimal Medium, bool IsInclusive)
{
    private const int FewestForBand = 5;

    /// <summary>The cluster; null for fewer than five inputs, of which it would say more than is known.</summary>
    public Band? Of(decimal value, int n) => n < FewestForBand ? null
        : IsWithin(value, Elite) ? Band.Elite
        : IsWithin(value, High) ? Band.High
        : IsWithin(value, Medium) ? Band.Medium
        : Band.Low;

    private bool IsWithin(decimal value, decimal limit) => value < limit || IsInclusive && value == limit;
}
