using System.Numerics;

namespace TsPmo.Model.Forecasting;

/// <summary>How likely each number of items is to be finished on one working day: the shares seen in a sample. Immutable.</summary>
public sealed class DailyChances
{
    private readonly (int Items, double Share)[] _chances;

    /// <summary>The shares of a sample of days.</summary>
    public DailyChances(IReadOnlyList<int> days)
    {
        _chances = [.. days.GroupBy(n => n).OrderBy(g => g.Key).Select(g => (g.Key, (double)g.Count() / days.Count))];
        Mean = _chances.Sum(c => c.Items * c.Share);
        Variance = _chances.Sum(c => c.Items * c.Items * c.Share) - (Mean * Mean);
    }

    /// <summary>The most items of a day.</summary>
    public int Most => _chances.Length == 0 ? 0 : _chances[^1].Items;

    /// <summary>Items that a day brings on average.</summary>
    public double Mean { get; }

    /// <summary>How much the days differ: the mean of the squared differences from <see cref="Mean"/>.</summary>
    public double Variance { get; }

    /// <summary>
    /// One day more: from the chances of each total so far (index = total) to those of each total after the day. Exact but for the rounding of double numbers;
    /// a convolution, day after day, of what was seen.
    /// </summary>
    public double[] AfterOneMore(ReadOnlySpan<double> totals)
    {
        var (padded, after) = (new double[totals.Length + (2 * Most)], new double[totals.Length + Most]);
        totals.CopyTo(padded.AsSpan(Most));
        AfterOneMore(padded, after);
        return after;
    }

    /// <summary>The same without an allocation, for one who goes on for many days.</summary>
    /// <param name="padded">The chances so far between <see cref="Most"/> zeros on either side, so that the inner loop asks for no borders.</param>
    /// <param name="after">Where the chances after the day go: <see cref="Most"/> more than there were.</param>
    internal void AfterOneMore(ReadOnlySpan<double> padded, Span<double> after)
    {
        var (index, step) = (0, Vector<double>.Count);
        for (; index <= after.Length - (4 * step); index += 4 * step)
            FourVectors(padded, after, index, step);
        for (; index < after.Length; index++)
            after[index] = One(padded, index);
    }

    /// <summary>Four sums at once: each waits for its last addition, and meanwhile the others go on.</summary>
    private void FourVectors(ReadOnlySpan<double> padded, Span<double> after, int index, int step)
    {
        var (first, second, third, fourth) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        foreach (var (items, share) in _chances)
        {
            var source = padded.Slice(index + Most - items, 4 * step);
            var scale = new Vector<double>(share);
            first += new Vector<double>(source) * scale;
            second += new Vector<double>(source[step..]) * scale;
            third += new Vector<double>(source[(2 * step)..]) * scale;
            fourth += new Vector<double>(source[(3 * step)..]) * scale;
        }

        var target = after.Slice(index, 4 * step);
        first.CopyTo(target);
        second.CopyTo(target[step..]);
        third.CopyTo(target[(2 * step)..]);
        fourth.CopyTo(target[(3 * step)..]);
    }

    private double One(ReadOnlySpan<double> padded, int index)
    {
        var sum = 0.0;
        foreach (var (items, share) in _chances)
            sum += padded[index + Most - items] * share;
        return sum;
    }
}
