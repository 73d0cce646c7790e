namespace TsPmo.Model.Measuring;

/// <summary>Figures of a set of observations, each a value that is right for small sets too.</summary>
public static class Observations
{
    /// <summary>
    /// The nearest-rank percentile: sorted ascending, the value at rank ceil(p * n / 100), clamped to 1..n. It is always a value that happened,
    /// and at least p % of the values are at most this; null for an empty set. Integers throughout, because 0.07 * 100 is more than 7 in floating point.
    /// </summary>
    /// <param name="values">The observations in any order.</param>
    /// <param name="percent">p, 0 to 100.</param>
    public static T? Percentile<T>(IEnumerable<T> values, int percent) where T : struct, IComparable<T>
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : sorted[Math.Clamp((percent * sorted.Length + 99) / 100, 1, sorted.Length) - 1];
    }

    /// <summary>The true median: the middle value, or the mean of the two middle ones; null for an empty set.</summary>
    public static decimal? Median(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length == 0 ? null : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
