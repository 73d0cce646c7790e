using TsPmo.Model.Measuring;

namespace TsPmo.Model.Planning;

/// <summary>Remarks on indices that look better than work does.</summary>
public static class Suspicion
{
    private const decimal Limit = 1.10m;

    /// <summary>A remark on an index above 1.10; none on others.</summary>
    public static IReadOnlyList<Finding> Of(decimal index) => index > Limit
        ? [new Finding("SuspiciousIndex", 0, "An index above 1.10 more often tells of a wrong plan or missing data than of good work.")]
        : [];
}
