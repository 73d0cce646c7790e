using System.Numerics;

namespace TsPmo.Model.Forecasting;

/// <summary>How likely each number of items is to be finished on one working day: the shares seen in a sample. Immutable.</summary>
public sealed class DailyChances
{
    private readonly (int Items, double Share)[] _chances;

    /// <summary>The shares of a sample of days.</summary>
    public DailyChances(IReadOnlyList<int> days) =>
        _chances = [.. days.GroupBy(n => n).OrderBy(g => g.Key).Select(g => (g.Key, (double)g.Count() / days.Count))];

    /// <summary>The most items of a day.</summary>
    public int Most => _chances.Length == 0 ? 0 : _chances[^1].Items;

    /// <summary>
    /// One day more: from the chances of each total so far (index = total) to those of each total after the day. Exact but for the rounding of double numbers;
    /// a convolution, day after day, of what was seen.
    /// </summary>
    public double[] AfterOneMore(ReadOnlySpan<double> totals)
    {
        var after = new double[totals.Length + Most];
        foreach (var (items, share) in _chances)
            AddScaled(totals, share, after.AsSpan(items, totals.Length));
        return after;
    }

    private static void AddScaled(ReadOnlySpan<double> source, double share, Span<double> target)
    {
        var (index, scale) = (0, new Vector<double>(share));
        for (; index <= source.Length - Vector<double>.Count; index += Vector<double>.Count)
            (new Vector<double>(target[index..]) + (new Vector<double>(source[index..]) * scale)).CopyTo(target[index..]);
        for (; index < source.Length; index++)
            target[index] += source[index] * share;
    }
}
